import type { Place, Product } from "./place.ts"
import { startProduct } from "./product.ts"
import { until } from "./waiting.ts"
import { checkStored, openSessions, startWriters } from "./writers.ts"

/** Seconds in which a product has to go on by itself. */
export const recoverySeconds = 60

export interface LoadedProduct {
  product: Product
  sessions: string[]
  work: ReturnType<typeof startWriters>
}

/** Starts a product to which eight writers append without end; resolves when 200 messages are acknowledged. */
export async function startUnderLoad(
  place: Place,
  options: Parameters<typeof startProduct>[1] = {},
): Promise<LoadedProduct> {
  const product = await startProduct(place, options)
  const sessions = await openSessions(product.url, 4)
  const work = startWriters(product.url, { appends: Number.POSITIVE_INFINITY, writers: 8, sessions })
  await until(() => work.ledger.count > 200, recoverySeconds)
  return { product, sessions, work }
}

/**
 * Waits until 200 more messages are acknowledged after a fault, `after` in words, and compares all with what is stored.
 * Resolves to the seconds that it took, 0 where it did not come to that, and to what is not as it has to be.
 */
export async function recover(
  { product, work }: LoadedProduct,
  after: string,
): Promise<{ seconds: number; problems: string[] }> {
  const before = work.ledger.count
  const seconds = await until(() => work.ledger.count > before + 200, recoverySeconds)
  await work.stop()
  const problems = await checkStored(product.url, work.ledger)
  if (seconds === undefined) problems.push(`no appends ${recoverySeconds} s after ${after}`)
  if ((await product.comesBack(recoverySeconds)) === undefined) problems.push("no page and no health afterwards")
  return { seconds: seconds ?? 0, problems }
}
