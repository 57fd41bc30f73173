// The floor that a server on Node.js can reach: node:http and node-postgres, hand-written SQL, no validation.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import pg from "pg"

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })

const answer = (response: ServerResponse, value: unknown): void => {
  response.setHeader("content-type", "application/json")
  response.end(JSON.stringify(value))
}

async function messages(id: string | undefined, query: URLSearchParams) {
  const { rows } = await pool.query<{ data: object; message_index: number; client_id: string | null }>({
    name: "messages",
    text: `SELECT message_index, client_id, data FROM messages WHERE session_id = $1 AND message_index < $2
      ORDER BY message_index DESC LIMIT $3`,
    values: [id, query.get("before_index") ?? 2_147_483_647, query.get("page_size") ?? 50],
  })
  return rows.reverse().map(({ data, ...row }) => ({ ...data, ...row }))
}

/** Indexes that this process has given out: nobody else writes to the sessions that it appends to. */
const counts = new Map<string, number>()

interface Sent {
  client_id: string
}

/** A bare INSERT of what is sent, one row a message. */
async function append(id: string, text: string) {
  const { messages: sent }: { messages: Sent[] } = JSON.parse(text)
  const first = counts.get(id) ?? 0
  counts.set(id, first + sent.length)
  const values: unknown[] = [id]
  const rows = sent.map(({ client_id, ...data }, place) => {
    values.push(first + place, data, client_id)
    return `($1, $${values.length - 2}, $${values.length - 1}, $${values.length})`
  })
  await pool.query({
    name: `append ${sent.length}`,
    text: `INSERT INTO messages (session_id, message_index, data, client_id) VALUES ${rows.join(", ")}`,
    values,
  })
  return { first_index: first, last_index: first + sent.length - 1 }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

async function sessions(query: URLSearchParams) {
  const { rows } = await pool.query({
    name: "sessions",
    text: "SELECT * FROM sessions ORDER BY last_activity DESC, id DESC LIMIT $1",
    values: [query.get("limit") ?? 50],
  })
  return rows
}

async function clips(query: URLSearchParams) {
  const { rows } = await pool.query({
    name: "clips",
    text: "SELECT * FROM clips WHERE project_id = $1 ORDER BY updated_at DESC, id DESC LIMIT 50",
    values: [query.get("project_id")],
  })
  return rows
}

const conditions: Record<string, string> = {
  project: "project_id = $1",
  tag: "metadata @> jsonb_build_object('tags', jsonb_build_array($1::text))",
  untagged: "metadata -> 'tags' = '[]' AND $1 = 'yes'",
  bpm_from: "(metadata ->> 'bpm')::float8 BETWEEN $1::float8 AND $1::float8 + 5",
  scale: "metadata @> jsonb_build_object('scale', $1::text)",
  color: "metadata @> jsonb_build_object('color', $1::text)",
  author: "metadata @> jsonb_build_object('author', $1::text)",
  used: `EXISTS (SELECT FROM song_clips u WHERE u.project_id = c.project_id AND u.clip_id = c.id) = ($1 = 'yes')`,
  text: "(name ILIKE '%' || $1 || '%' OR code ILIKE '%' || $1 || '%')",
  all: "$1 <> ''",
}

const groupings: Record<string, string> = {
  project: "SELECT project_id AS key, count(*)::int FROM clips GROUP BY 1",
  tag: "SELECT t AS key, count(*)::int FROM clips, jsonb_array_elements_text(metadata -> 'tags') t GROUP BY 1",
}

async function library(query: URLSearchParams) {
  const [[name = "", value] = []] = query
  const { rows } = await pool.query(
    name === "group"
      ? { name: `group ${value}`, text: groupings[value ?? ""] ?? "" }
      : {
          name: `library ${name}`,
          text: `SELECT c.*, (SELECT picture FROM clip_versions v
              WHERE v.project_id = c.project_id AND v.clip_id = c.id AND v.version = c.version)
            FROM clips c WHERE ${conditions[name]} ORDER BY updated_at DESC, project_id DESC, id DESC LIMIT 36`,
          values: [value],
        },
  )
  return rows
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://peer")
  const [, , resource, id] = pathname.split("/")
  if (resource === "messages" && id && request.method === "POST") {
    return answer(response, await append(id, await bodyOf(request)))
  }
  if (resource === "messages") return answer(response, await messages(id, searchParams))
  if (resource === "sessions") return answer(response, await sessions(searchParams))
  if (resource === "clips") return answer(response, await clips(searchParams))
  if (resource === "library") return answer(response, await library(searchParams))
  response.statusCode = 404
  response.end()
})

server.listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.({ type: "ready" }))
