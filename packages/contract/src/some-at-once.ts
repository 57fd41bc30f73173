/**
 * Does something with each of some values, so many at a time, and answers what came of them in their order. The first
 * failure ends it: nothing more is begun.
 */
export async function someAtOnce<Value, Result>(
  values: readonly Value[],
  most: number,
  act: (value: Value) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const left = values.entries()
  let failed = false
  const work = async () => {
    try {
      // Each worker takes the next entry of the one iterator.
      for (const [place, value] of left) {
        if (failed) return
        results[place] = await act(value)
      }
    } catch (error) {
      failed = true
      throw error
    }
  }
  await Promise.all(Array.from({ length: most }, work))
  return results
}
