import type { Db } from "../../client.ts"
import { Prisma } from "../../generated/client.ts"
import { columnsOf } from "../sql/columns.ts"
import { type Form, moment, readOne } from "../sql/written-rows.ts"

export interface MessageRange {
  sessionId: string
  /** Exclusive bounds of the index. */
  before?: number
  after?: number
  limit: number
  /** Which end of the range is read. */
  from: "start" | "end"
  /** Bytes of JSON after which the page ends; one message comes whatever its size. */
  maxBytes: number
  /** Only messages that changed code. */
  changedCode?: boolean
}

const session = columnsOf("sessions", "s")
const message = columnsOf("messages", "m")
/** The columns of a message as parts of a statement know it: counted roughly, read, and counted to the byte. */
const rough = columnsOf("messages", "p")
const read = columnsOf("messages", "r")
const counted = columnsOf("messages", "t")

/** Word for word what the partial index of such messages says, which is not used otherwise. */
export const changedCode = Prisma.sql`(${message("data")} -> 'code_changes') IS NOT NULL
  AND (${message("data")} -> 'code_changes') NOT IN ('null'::jsonb, '[]'::jsonb, '{}'::jsonb)`

/** Messages of a session in chronological order, as JSON objects with commas between them. */
export interface WrittenMessages {
  messageCount: number
  text: string
  /** The indexes of the first and the last of them; null where there are none. */
  first: number | null
  last: number | null
  /** Whether all say their moments in UTC, to the second at least. */
  isInUtc: boolean
}

const json = (name: string) => Prisma.sql`${read("data")} -> ${Prisma.raw(`'${name}'`)}`

/** Keys of an object that hold a text, or null. */
const textsOf = {
  context: ["item_type", "item_id", "project_id", "code"],
  change: ["item_type", "item_id", "project_id", "before", "after"],
}

/** Whether something of a JSON value, or of one in a list, is not as the schema has it. */
const isOdd = (keys: string[]): string =>
  ['@.type() != "object"', ...keys.map((key) => `(@.${key}.type() != "string" && @.${key}.type() != "null")`)].join(
    " || ",
  )

const list = (keys: string[]) => Prisma.raw(keys.map((key) => `'${key}'`).join(", "))

/** An object without those of these keys that hold anything else than a text. */
const withoutOdd = (value: Prisma.Sql, keys: string[]): Prisma.Sql =>
  Prisma.sql`${value} - ARRAY(SELECT e.key FROM jsonb_each(${value}) e
    WHERE e.key IN (${list(keys)}) AND jsonb_typeof(e.value) NOT IN ('string', 'null'))`

const oddContext = Prisma.raw(`'$ ? (${isOdd(textsOf.context)})'`)
const oddChanges = Prisma.raw(`'$[*] ? (${isOdd(textsOf.change)})'`)

/** The roles that a message can have, for IN. */
export const roles = Prisma.raw("'user', 'assistant', 'system', 'note'")

const context = Prisma.sql`CASE jsonb_typeof(${json("context")}) WHEN 'object' THEN ',"context":' || (
  CASE WHEN ${json("context")} @? ${oddContext}
    THEN ${withoutOdd(Prisma.sql`(${json("context")})`, textsOf.context)} ELSE ${json("context")} END)::text ELSE '' END`

const isCodeChange = Prisma.sql`jsonb_typeof(${json("code_changes")}) IN ('object', 'array')`

/** Code changes that are odd are mended one by one; what is no object among them is left out. */
const mended = Prisma.sql`(SELECT CASE jsonb_typeof(${json("code_changes")}) WHEN 'object' THEN jsonb_agg(c.change) -> 0
    ELSE coalesce(jsonb_agg(c.change), '[]') END
  FROM (SELECT ${withoutOdd(Prisma.sql`each.change`, textsOf.change)} AS change
    FROM jsonb_path_query(${json("code_changes")}, '$[*] ? (@.type() == "object")') AS each(change)) c)`

const codeChanges = Prisma.sql`CASE WHEN ${json("code_changes")} @? ${oddChanges}
  THEN ${mended} ELSE ${json("code_changes")} END`

/** Text of a message as JSON: whatever else stands there as the JSON that it is, nothing as an empty one. */
const textOf = (name: "content" | "timestamp", otherwise: Prisma.Sql) =>
  Prisma.sql`coalesce(to_json(${read("data")} ->> ${Prisma.raw(`'${name}'`)}), to_json(${otherwise}))::text`

/** The beginning of a message's JSON: where it stands. */
const headOf = (sessionId: string, form: Form): Prisma.Sql =>
  form === "rest"
    ? Prisma.sql`'{"message_index":' || ${read("message_index")} || coalesce(',"client_id":"' || ${read("client_id")} || '"', '')`
    : Prisma.sql`'{"sessionId":"' || ${sessionId}::text || '","messageIndex":' || ${read("message_index")} ||
        ',"clientId":' || coalesce('"' || ${read("client_id")} || '"', 'null')`

const codeChangesKey = (form: Form) => Prisma.raw(form === "rest" ? `',"code_changes":'` : `',"codeChanges":'`)

/**
 * A row `r` of messages as JSON that fits the schema, whatever is stored: what is not known is left out, a role that
 * is none becomes a note, a missing time the moment of storing, and what is no text its JSON.
 */
const mendedObject = (sessionId: string, form: Form): Prisma.Sql => Prisma.sql`(${headOf(sessionId, form)} ||
    ',"role":' || CASE WHEN ${read("data")} ->> 'role' IN (${roles}) THEN (${json("role")})::text ELSE '"note"' END ||
    ',"content":' || ${textOf("content", Prisma.sql`''::text`)} ||
    ',"timestamp":' || ${textOf("timestamp", moment(Prisma.sql`${read("created_at")}`))} ||
    ${context} || CASE WHEN ${isCodeChange} THEN ${codeChangesKey(form)} || (${codeChanges})::text ELSE '' END ||
    '}')`

/** A row `r` of messages that is as it has to be. */
const plainObject = (sessionId: string, form: Form): Prisma.Sql => Prisma.sql`(${headOf(sessionId, form)} ||
    ',"role":' || (${json("role")})::text || ',"content":' || (${json("content")})::text ||
    ',"timestamp":' || (${json("timestamp")})::text || coalesce(',"context":' || (${json("context")})::text, '') ||
    coalesce(${codeChangesKey(form)} || (${json("code_changes")})::text, '') || '}')`

/** Whether a row `r` of messages is as the schema has it, fields apart that nobody knows. */
const isPlain = Prisma.sql`coalesce(${read("data")} ->> 'role' IN (${roles}) AND jsonb_typeof(${json("content")}) = 'string'
  AND jsonb_typeof(${json("timestamp")}) = 'string'
  AND coalesce(jsonb_typeof(${json("context")}) = 'object' AND NOT ${json("context")} @? ${oddContext}, true)
  AND coalesce(${isCodeChange} AND NOT ${json("code_changes")} @? ${oddChanges}, true), false)`

/** A moment that nobody can read is as good as one in UTC only where it looks like one. */
const isInUtc = Prisma.sql`coalesce(${read("data")} ->> 'timestamp' LIKE '____-__-__T__:__:__%Z', true)`

/** Never in JSON as PostgreSQL writes it: the texts between them can be put in another order. */
const separator = Prisma.sql`E'\n'`

/**
 * How large a message is by what is known without reading it; PostgreSQL makes text four times smaller or so, and JSON
 * that it does not compress is as large as its text.
 */
const roughBytes = Prisma.sql`pg_column_size(${message("data")}) * CASE WHEN pg_column_compression(${message("data")}) IS NULL THEN 1 ELSE 4 END`

/** By how much a message may at most be larger than its rough count. */
const mostBeyond = 24

interface Written extends Omit<WrittenMessages, "text"> {
  text: string | null
}

type Bounds = Pick<MessageRange, "limit" | "maxBytes">

/**
 * How many messages most pages have. These stand in the statement: of a parameter PostgreSQL would think that it may be all
 * messages, and would plan the statement anew each time.
 */
const usualLimits = new Set([1, 10, 20, 25, 50, 100, 200])

/** Some of a session's messages from one end of a range, and the columns that are read of them. */
const rowsOf = (
  { sessionId, before, after, limit, from, changedCode: filtered = false }: MessageRange,
  columns: Prisma.Sql,
): Prisma.Sql => Prisma.sql`
  SELECT ${columns} FROM messages m
  WHERE ${message("session_id")} = ${sessionId}::uuid AND ${message("message_index")} < ${before ?? 2_147_483_647} AND ${message("message_index")} > ${after ?? -1}
    ${filtered ? Prisma.sql`AND ${changedCode}` : Prisma.empty}
  ORDER BY ${message("message_index")} ${Prisma.raw(from === "end" ? "DESC" : "ASC")} LIMIT ${usualLimits.has(limit) ? Prisma.raw(`${limit}`) : limit}`

const ends = (index: Prisma.Sql) => Prisma.sql`min(${index}) AS first, max(${index}) AS last`

/** Whether a message is so small by a rough count that a page of such cannot be too large. */
const isSmall = ({ limit, maxBytes }: Bounds) =>
  Prisma.sql`${roughBytes} < ${Math.floor(maxBytes / mostBeyond / limit)}::int`

/**
 * The page of a session whose messages are all small and as they have to be: nearly all pages. `isPlain` is false of
 * any other one, of which nothing else is to be taken. A value that is stored beside its row is fetched and unpacked
 * once, not for each of its keys.
 */
const plainPage = (range: MessageRange, form: Form): Prisma.Sql => Prisma.sql`
  SELECT ${session("message_count")} AS "messageCount", w.* FROM sessions s LEFT JOIN LATERAL (
    SELECT string_agg(${plainObject(range.sessionId, form)}, ${separator}) AS text, ${ends(read("message_index"))},
      coalesce(bool_and(${isInUtc}), true) AS "isInUtc", coalesce(bool_and(${isPlain}), true) AS "isPlain"
    FROM (
      ${rowsOf(range, Prisma.sql`${message("message_index")}, ${message("client_id")}, CASE WHEN ${isSmall(range)} THEN ${message("data")} || '{}' END AS data`)}
    ) r
  ) w ON true WHERE ${session("id")} = ${range.sessionId}::uuid`

/**
 * The page of a session whatever is stored. What is too much by a rough count is not read; what is read is counted to
 * the byte. Rows are counted in the order in which they come.
 */
const mendedPage = (range: MessageRange, form: Form): Prisma.Sql => Prisma.sql`
  SELECT ${session("message_count")} AS "messageCount", w.* FROM sessions s LEFT JOIN LATERAL (
    SELECT string_agg(t.row, ${separator}) AS text, ${ends(counted("message_index"))}, coalesce(bool_and(t.utc), true) AS "isInUtc" FROM (
      SELECT t.*, sum(octet_length(t.row)) OVER (ROWS UNBOUNDED PRECEDING) - octet_length(t.row) AS before FROM (
        SELECT ${read("message_index")}, ${mendedObject(range.sessionId, form)} AS row, ${isInUtc} AS utc FROM (
          SELECT ${rough("message_index")}, ${rough("client_id")}, ${rough("created_at")}, ${rough("data")} || '{}' AS data FROM (
            SELECT p.*, sum(p.bytes) OVER (ROWS UNBOUNDED PRECEDING) - p.bytes AS before FROM (
              ${rowsOf(range, Prisma.sql`${message("message_index")}, ${message("client_id")}, ${message("created_at")}, ${message("data")}, ${roughBytes} AS bytes`)}
            ) p
          ) p WHERE p.before < ${range.maxBytes}::bigint OFFSET 0
        ) r OFFSET 0
      ) t
    ) t WHERE t.before < ${range.maxBytes}::bigint
  ) w ON true WHERE ${session("id")} = ${range.sessionId}::uuid`

/**
 * Writes a page of a session by key, in chronological order; undefined where there is no such session. One statement
 * does it, and a second one where a message is large or was stored otherwise than it is today.
 */
export async function writeMessagePage(
  db: Db,
  range: MessageRange,
  form: Form = "router",
): Promise<WrittenMessages | undefined> {
  const plain = await readOne<Written & { isPlain: boolean }>(db, plainPage(range, form))
  const page = plain && !plain.isPlain ? await readOne<Written>(db, mendedPage(range, form)) : plain
  if (!page) return undefined
  const { messageCount, text, first, last, isInUtc } = page
  // Rows come in the order of their scan; turning them here spares the statement a sort.
  const texts = (text ?? "").split("\n")
  return { messageCount, first, last, isInUtc, text: (range.from === "end" ? texts.reverse() : texts).join(",") }
}
