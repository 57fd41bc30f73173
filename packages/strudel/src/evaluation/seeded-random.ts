/** Runs `work` with a `Math.random` that yields the same numbers for the same seed in every engine. */
export async function withSeededRandom<Result>(seed: number, work: () => Promise<Result>): Promise<Result> {
  const random = Math.random
  Math.random = mulberry32(seed)
  try {
    return await work()
  } finally {
    Math.random = random
  }
}

/** The generator known as mulberry32: 32 bits of state, integer arithmetic alone. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
