const pauses = [500, 1000, 2000, 4000, 8000, 16_000] as const

/** Loads scripts, again and again for half a minute where the connection or the server is away for a moment. */
export async function loadWithRetry<T>(load: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return load()
}
