/** Bytes that a server holds in memory, as it says in /metrics. */
export async function memoryOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers: { connection: "close" } })).text()
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1])
}

export const inMegabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`

/** Bytes by which a server may grow while it does the same again and again: what a garbage collector leaves lying about. */
const slack = 48 * 1024 * 1024

/** Says that memory grew, or nothing where the last third of what was measured lies where the middle one does. */
export function growthIn(bytes: readonly number[]): string[] {
  const third = Math.floor(bytes.length / 3)
  const [middle, last] = [bytes.slice(third, 2 * third), bytes.slice(2 * third)].map((part) => Math.min(...part))
  if (middle === undefined || last === undefined || last - middle <= slack) return []
  return [`the memory grew from ${inMegabytes(middle)} to ${inMegabytes(last)} and on`]
}
