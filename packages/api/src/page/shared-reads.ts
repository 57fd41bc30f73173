import type { Db } from "@strudel-agent/database/client"

/** Reads a page of a list from the database. What is asked is told apart by its JSON. */
type Read<Asked extends unknown[], Page> = (db: Db, ...asked: Asked) => Promise<Page>

/** A read that is on its way, and what those wait for who asked the same meanwhile. */
interface Turn<Page> {
  ended: Promise<void>
  next?: Promise<Page>
}

const over = () => {}

/**
 * Makes callers who ask the same of a database while it is being read wait for the end of that and share one read that
 * begins then: what many viewers ask for who were told of a change at once is read twice, not once for each, and nobody
 * gets what was read before he asked.
 */
export function shareReads<Asked extends unknown[], Page>(read: Read<Asked, Page>): Read<Asked, Page> {
  const turnsOf = new WeakMap<Db, Map<string, Turn<Page>>>()
  return (db, ...asked) => {
    const turns = turnsOf.get(db) ?? new Map<string, Turn<Page>>()
    turnsOf.set(db, turns)
    const key = JSON.stringify(asked)
    const begin = (): Promise<Page> => {
      const page = read(db, ...asked)
      const turn: Turn<Page> = { ended: page.then(over, over) }
      turns.set(key, turn)
      void turn.ended.then(() => {
        if (turns.get(key) === turn) turns.delete(key)
      })
      return page
    }
    const turn = turns.get(key)
    if (!turn) return begin()
    turn.next ??= turn.ended.then(begin)
    return turn.next
  }
}
