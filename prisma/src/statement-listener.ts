import { AsyncResource } from "node:async_hooks"
import type pg from "pg"

/** What a statement does, in words that hold nothing of what it says. */
export interface StatementKind {
  /** What it does as a whole, such as SELECT or COMMIT; of one that reads and writes, what it writes first. */
  verb: string
  /** The first table that it writes, or names. */
  table: string | undefined
}

/** Hears that a statement begins. What it returns hears that the statement ended, and why where that failed. */
export type StatementListener = (statement: StatementKind) => ((failure?: unknown) => void) | undefined

/** A write, and not the lock of a row that is named like one. */
const writing = /(?<!\b(?:FOR|KEY)\s+)\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?:"?public"?\.)?"?([a-z_]{1,63})\b/i
const reading = /\b(?:FROM|JOIN)\s+(?:"?public"?\.)?"?([a-z_]{1,63})\b/i

export function statementKindOf(sql: string): StatementKind {
  const [, write, written] = writing.exec(sql) ?? []
  const first = /^\W*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? "UNKNOWN"
  const verb = write?.split(/\s/)[0]?.toUpperCase() ?? (first === "WITH" ? "SELECT" : first)
  return { verb, table: written ?? reading.exec(sql)?.[1] }
}

function textOf(query: unknown): string | undefined {
  if (typeof query === "string") return query
  const text: unknown = typeof query === "object" && query !== null && "text" in query ? query.text : undefined
  return typeof text === "string" ? text : undefined
}

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise

/** Puts what is done around a method of one object. */
function around(
  target: object,
  name: string,
  wrap: (call: (given: unknown[]) => unknown, given: unknown[]) => unknown,
) {
  const method: unknown = Reflect.get(target, name)
  if (typeof method !== "function") return
  Reflect.set(target, name, (...given: unknown[]) => wrap((list) => Reflect.apply(method, target, list), given))
}

/** Tells a listener of every statement that the connections of a pool send, each where it was asked for. */
export function listenToStatements(pool: pg.Pool, listener: StatementListener): void {
  // Who waits for a connection gets it where another gives it back.
  around(pool, "connect", (connect, given) => {
    const [callback] = given
    return connect(
      typeof callback === "function"
        ? [AsyncResource.bind((...list) => Reflect.apply(callback, undefined, list))]
        : given,
    )
  })
  pool.on("connect", (client) => {
    around(client, "query", (query, given) => {
      const sql = textOf(given[0])
      const end = sql === undefined ? undefined : listener(statementKindOf(sql))
      if (!end) return query(given)
      const callback = given.at(-1)
      if (typeof callback === "function") {
        const answered = AsyncResource.bind((...list: unknown[]) => {
          end(list[0] ?? undefined)
          Reflect.apply(callback, undefined, list)
        })
        return query([...given.slice(0, -1), answered])
      }
      const answer = query(given)
      if (isPromise(answer)) answer.then(() => end(), end)
      else end()
      return answer
    })
  })
}
