import "server-only"

let last: Promise<unknown> = Promise.resolve()

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/**
 * Resolves when it is one's turn to do a piece of work: pieces that wait, of all pages together, come one after the
 * other, and whatever else the process has to do comes between two of them.
 */
export function waitForTurn(): Promise<void> {
  const mine = last.then(nextTurn)
  last = mine
  return mine
}
