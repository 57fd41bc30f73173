/** Calls that one tool has under way at the same time. */
const atOnce = 10

/** Does something with each of some values, ten at a time, and answers what came of them in their order; the first failure ends it. */
export async function someAtOnce<Value, Result>(
  values: readonly Value[],
  act: (value: Value) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let place = 0; place < values.length; place += atOnce) {
    results.push(...(await Promise.all(values.slice(place, place + atOnce).map((value) => act(value)))))
  }
  return results
}
