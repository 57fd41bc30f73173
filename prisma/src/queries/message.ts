import { setImmediate as nextTurn } from "node:timers/promises"
import { type SqlBool, sql } from "kysely"
import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { kyselyOf } from "../kysely.ts"
import { appendTogether, askedBy } from "./message/append-together.ts"
import { changedCode, type MessageRange } from "./message/page.ts"
import { rawOf } from "./sql/columns.ts"
import { type JsonPart, jsonParts } from "./sql/json-parts.ts"
import { readOne } from "./sql/written-rows.ts"

export interface NewMessage {
  data: Prisma.InputJsonObject
  clientId?: string
  /** When it was said, for one of a talk that was held before. */
  saidAt?: Date
}

/** What is special about messages of a talk that was held before. */
export interface History {
  /** The index that the first of them has to get. */
  firstIndex?: number
}

export interface Appending<T extends NewMessage = NewMessage> {
  messages: T[]
  /** Set for a talk that was held before: it makes nothing active, unseen or new. */
  history?: History
}

/** How many of these messages there are up to the last one of a person; 0 where none is. */
const countAsked = (messages: NewMessage[]): number => messages.findLastIndex(({ data }) => data.role === "user") + 1

/** What an append makes of its session beside what it counts. */
function effectOf({ messages, history }: Appending): Prisma.Sql {
  if (!history)
    return Prisma.sql`last_activity = now(), status = 'active', ${askedBy(Prisma.sql`${countAsked(messages)}::int`)}`
  const latest = new Date(Math.max(0, ...messages.map(({ saidAt }) => saidAt?.getTime() ?? 0)))
  return Prisma.sql`last_activity = greatest(last_activity, ${latest}::timestamptz),
    seen_count = CASE WHEN seen_count = message_count THEN message_count + ${messages.length}::int ELSE seen_count END`
}

/** What a message's row is made of, as JSON. */
const toInput = ({ data, clientId, saidAt }: NewMessage) => ({
  data,
  client_id: clientId ?? null,
  ...(saidAt ? { said_at: saidAt } : {}),
})

/** Counts messages in; answers the index of the first. */
function takeIndexes(sessionId: string, appending: Appending): Prisma.Sql {
  const { messages, history } = appending
  const place = history?.firstIndex === undefined ? Prisma.empty : Prisma.sql`AND message_count = ${history.firstIndex}`
  return Prisma.sql`
    UPDATE sessions SET message_count = message_count + ${messages.length}::int, updated_at = now(), ${effectOf(appending)}
    WHERE id = ${sessionId}::uuid AND status <> 'terminated' ${place}
    RETURNING message_count - ${messages.length}::int AS first`
}

/** Stores messages under the indexes from `taken.first` on. */
function storeTaken(sessionId: string, json: string, { history }: Appending): Prisma.Sql {
  const [saidAtColumn, saidAt] = history
    ? [Prisma.sql`, created_at`, Prisma.sql`, coalesce((input.row ->> 'said_at')::timestamptz, now())`]
    : [Prisma.empty, Prisma.empty]
  return Prisma.sql`
    INSERT INTO messages (session_id, message_index, data, client_id${saidAtColumn})
    SELECT ${sessionId}::uuid, taken.first + input.place::int - 1, input.row -> 'data',
      (input.row ->> 'client_id')::uuid${saidAt}
    FROM taken, jsonb_array_elements(${json}::jsonb) WITH ORDINALITY AS input(row, place)`
}

/** Runs work in a transaction. */
type Transact = <T>(work: (tx: Db) => Promise<T>) => Promise<T>

/**
 * Takes indexes from the session's row and stores the messages under them: appends to one session queue on that row, so
 * its indexes have no holes. One statement does it, which stores what others append meanwhile as well; what is large takes
 * some, in a transaction, which `db` is where `transact` is left out. Undefined where the session is not there or
 * terminated, or where the first message would get another index than it has to.
 */
export async function insertMessages(
  db: Db,
  sessionId: string,
  appending: Appending,
  transact?: Transact,
): Promise<number | undefined> {
  const parts = jsonParts(appending.messages.map(toInput))
  const head = parts.next().value ?? { json: "[]", rows: 0 }
  const second = parts.next().value
  if (second) await nextTurn()
  if (second) {
    const store = (tx: Db) => insertParts(tx, sessionId, { appending, parts: [[head, second], parts] })
    return transact ? transact(store) : store(db)
  }
  const clientIds = appending.messages.flatMap(({ clientId }) => clientId ?? [])
  const isAlone = !transact || appending.history !== undefined
  const together = isAlone
    ? undefined
    : await appendTogether(db, { ...head, sessionId, clientIds, asked: countAsked(appending.messages) })
  if (together !== undefined) return together
  const taken = await readOne<{ first: number }>(
    db,
    Prisma.sql`
    WITH taken AS (${takeIndexes(sessionId, appending)}), stored AS (${storeTaken(sessionId, head.json, appending)})
    SELECT first FROM taken`,
  )
  return taken?.first
}

async function insertParts(
  tx: Db,
  sessionId: string,
  { appending, parts }: { appending: Appending; parts: Iterable<JsonPart>[] },
): Promise<number | undefined> {
  const [taken] = await tx.$queryRaw<{ first: number }[]>(takeIndexes(sessionId, appending))
  if (!taken) return undefined
  let next = taken.first
  for (const some of parts) {
    for (const { json, rows } of some) {
      await tx.$executeRaw`
        WITH taken AS (SELECT ${next}::int AS first) ${storeTaken(sessionId, json, appending)}`
      next += rows
    }
  }
  return taken.first
}

export interface KnownMessage {
  clientId: string
  messageIndex: number
  same: boolean
}

/**
 * Finds the messages of a session that bear one of these client ids, and whether what is stored is the same. A
 * message that came without a timestamp is compared without it.
 */
export async function listKnownMessages(
  db: Db,
  sessionId: string,
  messages: { clientId: string; data: Prisma.InputJsonObject; timestamped: boolean }[],
): Promise<KnownMessage[]> {
  const known: KnownMessage[] = []
  for (const { json } of jsonParts(messages)) {
    const input = sql<{ row: Prisma.JsonValue }>`jsonb_array_elements(${json}::jsonb)`.as<"input">(sql`input(row)`)
    const sent = sql.ref("input.row")
    const rows = await kyselyOf(db)
      .selectFrom(input)
      .innerJoin("messages as m", (join) =>
        join.on("m.session_id", "=", sessionId).on("m.client_id", "=", sql<string>`(${sent} ->> 'clientId')::uuid`),
      )
      .select(({ ref }) => [
        sql<string>`${ref("m.client_id")}`.as("clientId"),
        "m.message_index as messageIndex",
        sql<boolean>`CASE WHEN (${sent} ->> 'timestamped')::boolean THEN ${ref("m.data")} = ${sent} -> 'data'
          ELSE ${ref("m.data")} - 'timestamp' = (${sent} -> 'data') - 'timestamp' END`.as("same"),
      ])
      .execute()
    known.push(...rows)
  }
  return known
}

/** How many messages a session has, and whether it takes more. */
export const findMessageCount = (db: Db, sessionId: string) =>
  kyselyOf(db)
    .selectFrom("sessions as s")
    .select(["s.message_count as messageCount", "s.status"])
    .where("s.id", "=", sessionId)
    .executeTakeFirst()

/** Whether a session has a message that changed code between two indexes, both exclusive. */
export async function hasCodeChange(
  db: Db,
  { sessionId, before = 2_147_483_647, after = -1 }: Pick<MessageRange, "sessionId" | "before" | "after">,
): Promise<boolean> {
  const rows = await kyselyOf(db)
    .selectFrom("messages as m")
    .select("m.message_index")
    .where("m.session_id", "=", sessionId)
    .where("m.message_index", "<", before)
    .where("m.message_index", ">", after)
    .where(rawOf<SqlBool>(changedCode))
    .orderBy("m.message_index")
    .limit(1)
    .execute()
  return rows.length > 0
}

/** Reads what a few messages in a row say of their time, as they say it. */
export const listTimestamps = (
  db: Db,
  { sessionId, from, before, limit }: { sessionId: string; from: number; before: number; limit: number },
) =>
  kyselyOf(db)
    .selectFrom("messages as m")
    .select(({ ref }) => [
      "m.message_index as messageIndex",
      sql<string | null>`${ref("m.data")} ->> 'timestamp'`.as("timestamp"),
    ])
    .where("m.session_id", "=", sessionId)
    .where("m.message_index", ">=", from)
    .where("m.message_index", "<", before)
    .orderBy("m.message_index")
    .limit(limit)
    .execute()

/** Messages looked at in each step of a search by time, so that one whose time cannot be read stops nothing. */
const glance = 4

/**
 * Finds the first message of a moment or later, by halving: messages are taken to be in the order of their times, as
 * appending makes them. One whose time cannot be read counts for nothing. Undefined where all are earlier.
 */
export async function findMessageAt(
  db: Db,
  { sessionId, messageCount, at }: { sessionId: string; messageCount: number; at: Date },
): Promise<number | undefined> {
  let found: number | undefined
  let low = 0
  let high = messageCount
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const rows = await listTimestamps(db, { sessionId, from: middle, before: high, limit: glance })
    const dated = rows.flatMap(({ messageIndex, timestamp }) => {
      const time = Date.parse(timestamp ?? "")
      return Number.isNaN(time) ? [] : [{ messageIndex, time }]
    })
    const reached = dated.find(({ time }) => time >= at.getTime())
    if (reached) found = reached.messageIndex
    // Where no time can be read up to the end of what is searched, what is before it tells.
    if (reached || (dated.length === 0 && middle + rows.length >= high)) high = middle
    else low = Math.max(middle + 1, (dated.at(-1)?.messageIndex ?? middle + rows.length - 1) + 1)
  }
  return found
}
