export interface BackoffOptions {
  /** Milliseconds to wait after the first failure; twice as long after each that follows, up to the longest. */
  first: number
  longest: number
  /** Milliseconds after which a failure is forgotten. */
  window: number
}

export interface Failure {
  /** How many there were within the window. */
  count: number
  /** Milliseconds to wait before the next try. */
  delay: number
}

/** Counts the failures of something that is tried again, and says after each how long to wait. */
export function createBackoff({ first, longest, window }: BackoffOptions): () => Failure {
  let failures: number[] = []
  return () => {
    const now = performance.now()
    failures = [...failures.filter((time) => time > now - window), now]
    return { count: failures.length, delay: Math.min(first * 2 ** (failures.length - 1), longest) }
  }
}
