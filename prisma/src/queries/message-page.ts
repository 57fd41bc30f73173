import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { type Form, moment, readOne } from "./written-rows.ts"

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

/** Word for word what the partial index of such messages says, which is not used otherwise. */
export const changedCode = Prisma.sql`(m.data -> 'code_changes') IS NOT NULL
  AND (m.data -> 'code_changes') NOT IN ('null'::jsonb, '[]'::jsonb, '{}'::jsonb)`

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

const json = (name: string) => Prisma.sql`r.data -> ${Prisma.raw(`'${name}'`)}`

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

const list = (keys: string[]) => keys.map((key) => `'${key}'`).join(", ")

/** An object without those of these keys that hold anything else than a text. */
const withoutOdd = (value: string, keys: string[]): string =>
  `${value} - ARRAY(SELECT e.key FROM jsonb_each(${value}) e WHERE e.key IN (${list(keys)}) AND jsonb_typeof(e.value) NOT IN ('string', 'null'))`

const context = Prisma.sql`CASE jsonb_typeof(${json("context")}) WHEN 'object' THEN ',"context":' || (
  CASE WHEN ${json("context")} @? ${Prisma.raw(`'$ ? (${isOdd(textsOf.context)})'`)}
    THEN ${Prisma.raw(withoutOdd("(r.data -> 'context')", textsOf.context))} ELSE ${json("context")} END)::text ELSE '' END`

const isCodeChange = Prisma.sql`jsonb_typeof(${json("code_changes")}) IN ('object', 'array')`

/** Code changes that are odd are mended one by one; what is no object among them is left out. */
const mended =
  Prisma.raw(`(SELECT CASE jsonb_typeof(r.data -> 'code_changes') WHEN 'object' THEN jsonb_agg(c.change) -> 0
    ELSE coalesce(jsonb_agg(c.change), '[]') END
  FROM (SELECT ${withoutOdd("each.change", textsOf.change)} AS change
    FROM jsonb_path_query(r.data -> 'code_changes', '$[*] ? (@.type() == "object")') AS each(change)) c)`)

const codeChanges = Prisma.sql`CASE WHEN ${json("code_changes")} @? ${Prisma.raw(`'$[*] ? (${isOdd(textsOf.change)})'`)}
  THEN ${mended} ELSE ${json("code_changes")} END`

/** Text of a message as JSON: whatever else stands there as the JSON that it is, nothing as an empty one. */
const textOf = (name: "content" | "timestamp", otherwise: Prisma.Sql) =>
  Prisma.sql`coalesce(to_json(r.data ->> ${Prisma.raw(`'${name}'`)}), to_json(${otherwise}))::text`

/**
 * A row `r` of messages as JSON that fits the schema, whatever is stored: what is not known is left out, a role that
 * is none becomes a note, a missing time the moment of storing, and what is no text its JSON.
 */
function messageObject(sessionId: string, form: Form): Prisma.Sql {
  const isRest = form === "rest"
  const head = isRest
    ? Prisma.sql`'{"message_index":' || r.message_index || coalesce(',"client_id":"' || r.client_id || '"', '')`
    : Prisma.sql`'{"sessionId":"' || ${sessionId}::text || '","messageIndex":' || r.message_index ||
        ',"clientId":' || coalesce('"' || r.client_id || '"', 'null')`
  return Prisma.sql`(${head} ||
    ',"role":' || CASE WHEN r.data ->> 'role' IN ('user', 'assistant', 'system', 'note') THEN (${json("role")})::text ELSE '"note"' END ||
    ',"content":' || ${textOf("content", Prisma.sql`''::text`)} ||
    ',"timestamp":' || ${textOf("timestamp", moment(Prisma.sql`r.created_at`))} ||
    ${context} || CASE WHEN ${isCodeChange} THEN ${Prisma.raw(isRest ? `',"code_changes":'` : `',"codeChanges":'`)} || (${codeChanges})::text ELSE '' END ||
    '}')`
}

/** A moment that nobody can read is as good as one in UTC only where it looks like one. */
const isInUtc = Prisma.sql`coalesce(r.data ->> 'timestamp' LIKE '____-__-__T__:__:__%Z', true)`

/** Never in JSON as PostgreSQL writes it: the texts between them can be put in another order. */
const separator = Prisma.sql`E'\n'`

/**
 * How large a message is by what is known without reading it; PostgreSQL makes text four times smaller or so, and JSON
 * that it does not compress is as large as its text.
 */
const roughBytes = Prisma.sql`pg_column_size(m.data) * CASE WHEN pg_column_compression(m.data) IS NULL THEN 1 ELSE 4 END`

/** By how much a message may at most be larger than its rough count. */
const mostBeyond = 64

/**
 * Writes a page of a session by key, in chronological order; undefined where there is no such session. A page that
 * cannot be too large by a rough count is written as it is; else what is too much by that count is not read, and what
 * is read is counted to the byte, row by row in the order of the range.
 */
export async function writeMessagePage(
  db: Db,
  { sessionId, before, after, limit, from, maxBytes, changedCode: filtered = false }: MessageRange,
  form: Form = "router",
): Promise<WrittenMessages | undefined> {
  const order = from === "end" ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const filter = filtered ? Prisma.sql`AND ${changedCode}` : Prisma.empty
  const row = messageObject(sessionId, form)
  // A value that is stored beside its row is fetched and unpacked once, not for each of its keys.
  const unpacked = Prisma.sql`p.message_index, p.client_id, p.created_at, p.data || '{}' AS data`
  const page = await readOne<WrittenMessages & { text: string | null }>(
    db,
    Prisma.sql`
    WITH page AS MATERIALIZED (
      SELECT m.message_index, m.client_id, m.created_at, m.data, ${roughBytes} AS bytes FROM messages m
      WHERE m.session_id = ${sessionId}::uuid AND m.message_index < ${before ?? 2_147_483_647}
        AND m.message_index > ${after ?? -1} ${filter}
      ORDER BY m.message_index ${order} LIMIT ${limit}
    )
    SELECT w.message_count AS "messageCount", w.page[1] AS text, w.page[2]::int AS first, w.page[3]::int AS last,
      coalesce(w.page[4]::boolean, true) AS "isInUtc" FROM (
      SELECT s.message_count, CASE WHEN (SELECT sum(p.bytes) FROM page p) < ${Math.floor(maxBytes / mostBeyond)}::bigint THEN (
        SELECT ARRAY[string_agg(${row}, ${separator}), min(r.message_index)::text, max(r.message_index)::text,
          bool_and(${isInUtc})::text]
        FROM (SELECT ${unpacked} FROM page p OFFSET 0) r
      ) ELSE (
        SELECT ARRAY[string_agg(t.row, ${separator}), min(t.message_index)::text, max(t.message_index)::text,
          bool_and(t.utc)::text] FROM (
          SELECT t.*, sum(octet_length(t.row)) OVER (ROWS UNBOUNDED PRECEDING) - octet_length(t.row) AS before FROM (
            SELECT r.message_index, ${row} AS row, ${isInUtc} AS utc FROM (
              SELECT ${unpacked} FROM (
                SELECT p.*, sum(p.bytes) OVER (ROWS UNBOUNDED PRECEDING) - p.bytes AS before FROM page p
              ) p WHERE p.before < ${maxBytes}::bigint OFFSET 0
            ) r OFFSET 0
          ) t
        ) t WHERE t.before < ${maxBytes}::bigint
      ) END AS page
      FROM sessions s WHERE s.id = ${sessionId}::uuid OFFSET 0
    ) w`,
  )
  if (!page) return undefined
  // Rows come in the order of their scan; turning them here spares the statement a sort.
  const texts = (page.text ?? "").split("\n")
  return { ...page, text: (from === "end" ? texts.reverse() : texts).join(",") }
}
