import type { Db } from "@strudel-agent/database/client"
import { type Reordered, textInOrder } from "./text-in-order.ts"

const tries = 3

/** Ends a transaction in which the text or the order is another than the one that was read before. */
class Moved extends Error {}

const isSame = (one: Reordered, other: Reordered): boolean =>
  one.body === other.body && one.former.join("/") === other.former.join("/")

interface Ahead<Result> {
  /** What is to be put in order as it is now; undefined where nothing is. */
  foresee: () => Promise<Reordered | undefined>
  /** Changes the item; may ask for the text once it is locked. */
  change: (inOrder: (tx: Db, locked: Reordered) => Promise<string | undefined>) => Promise<Result>
}

/**
 * Runs a change that puts a text in order, so that the text is read and printed before anything is locked. Where it was
 * changed in between, it is done again, and the last time within the transaction.
 */
export async function withTextAhead<Result>(db: Db, { foresee, change }: Ahead<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const seen = await foresee()
    const text = seen && (await textInOrder(db, seen))
    try {
      return await change(async (tx, locked) => {
        if (seen && isSame(seen, locked)) return text
        if (attempt < tries) throw new Moved()
        return textInOrder(tx, locked)
      })
    } catch (error) {
      if (!(error instanceof Moved)) throw error
    }
  }
}
