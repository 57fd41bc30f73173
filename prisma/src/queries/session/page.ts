import type { Db } from "../../client.ts"
import { Prisma } from "../../generated/client.ts"
import { roles } from "../message/page.ts"
import { openStates } from "../run.ts"
import { type SessionCondition, sessionConditions, waitingChanges } from "../session.ts"
import { allOf, columnsOf } from "../sql/columns.ts"
import {
  type Form,
  moment,
  objectOf,
  rowsFor,
  type WrittenField,
  type WrittenRows,
  writeRows,
} from "../sql/written-rows.ts"

interface Ordered<By, Place> {
  by: By
  ascending?: boolean
  /** The last row of the page before. */
  after?: Place
  /** The last row that may be listed. */
  until?: Place
}

/** The order of a list, and between which of its rows. */
export type SessionOrder =
  | Ordered<"activity", { lastActivity: Date; id: string }>
  | Ordered<"created", { createdAt: Date; id: string }>
  | Ordered<"messages", { messageCount: number; id: string }>

export interface SessionFilter extends SessionCondition {
  /** The newest activity first unless told. */
  order?: SessionOrder
  /** Whether rows bear their last message. */
  preview?: boolean
  limit: number
}

/** Characters of a message that a list shows. */
const previewLength = 160

const column = columnsOf("sessions", "s")

type Last = (value: Prisma.Sql) => Prisma.Sql

/** What each order sorts by, before the id, and what a cursor says of it. */
const orders = {
  activity: { by: column("last_activity"), place: (last: Last) => [moment(last(column("last_activity")))] },
  created: {
    by: column("created_at"),
    place: (last: Last) => [Prisma.sql`'created'::text`, moment(last(column("created_at")))],
  },
  messages: {
    by: column("message_count"),
    place: (last: Last) => [Prisma.sql`'messages'::text`, last(column("message_count"))],
  },
} as const satisfies Record<SessionOrder["by"], { by: Prisma.Sql; place: (last: Last) => Prisma.Sql[] }>

function placeOf(order: SessionOrder, end: "after" | "until"): Prisma.Sql | undefined {
  const place = order[end]
  if (!place) return undefined
  const value =
    "lastActivity" in place ? place.lastActivity : "createdAt" in place ? place.createdAt : place.messageCount
  return Prisma.sql`(${value}, ${place.id}::uuid)`
}

/** Between which of its rows a list is. */
function between(order: SessionOrder): Prisma.Sql[] {
  const [after, until] = [placeOf(order, "after"), placeOf(order, "until")]
  const here = Prisma.sql`(${orders[order.by].by}, s.id)`
  return [
    ...(after ? [Prisma.sql`${here} ${order.ascending ? Prisma.sql`>` : Prisma.sql`<`} ${after}`] : []),
    ...(until ? [Prisma.sql`${here} ${order.ascending ? Prisma.sql`<=` : Prisma.sql`>=`} ${until}`] : []),
  ]
}

/** A session's own name; null where it has none that is a text. */
const name = Prisma.sql`(CASE WHEN jsonb_typeof(s.metadata -> 'name') = 'string' THEN nullif(s.metadata ->> 'name', '') END)`

/** What a session is called: its name, else its item, else its agent and day. */
const displayName = Prisma.sql`coalesce(${name},
  nullif(concat_ws(' ', s.item_type, nullif(s.item_id, '')), '') || coalesce(' · ' || nullif(s.project_id, ''), ''),
  s.agent_name || to_char(s.created_at, ' · YYYY-MM-DD'))`

const known = Prisma.sql`ARRAY[${roles}]`

/** A preview whose role is none that is known is of a note. */
const lastMessage = Prisma.sql`(
  SELECT json_build_object('role', coalesce((${known})[array_position(${known}, m.data ->> 'role')], 'note'),
    'content', left(coalesce(m.data ->> 'content', ''), ${previewLength}::int))
  FROM messages m WHERE m.session_id = s.id AND m.message_index = s.message_count - 1)`

/** Whether the last run is open: by its key, as `run_count` is its number. */
const isAnswering = Prisma.sql`EXISTS (SELECT FROM runs r
  WHERE r.session_id = s.id AND r.run_number = s.run_count AND r.state = ANY(${[...openStates]}::text[]))`

/** How many changes wait for a person; grouped, so that each machine counts those of its own sessions. */
const waitingCount = Prisma.sql`coalesce((SELECT count(*)::int ${waitingChanges} GROUP BY c.session_id), 0)`

const fieldsOf = (preview: boolean): WrittenField[] => [
  { name: "id", value: column("id"), restName: "session_id" },
  { name: "agentName", value: column("agent_name") },
  { name: "modelName", value: column("model_name") },
  { name: "provider", value: column("provider") },
  { name: "itemType", value: column("item_type"), restName: "session_type" },
  { name: "itemId", value: column("item_id") },
  { name: "projectId", value: column("project_id") },
  { name: "createdAt", value: moment(column("created_at")) },
  { name: "lastActivity", value: moment(column("last_activity")) },
  { name: "status", value: column("status") },
  { name: "messageCount", value: column("message_count") },
  { name: "seenCount", value: column("seen_count"), restName: null },
  { name: "answeredBy", value: column("answered_by") },
  { name: "changeMode", value: column("change_mode") },
  { name: "askedCount", value: column("asked_count"), restName: null },
  { name: "takenCount", value: column("taken_count"), restName: null },
  { name: "name", value: name, restName: "session_name" },
  { name: "displayName", value: displayName },
  { name: "metadata", value: column("metadata") },
  { name: "preview", value: preview ? Prisma.sql`s.preview` : Prisma.sql`NULL::json`, restName: null },
  { name: "isAnswering", value: Prisma.sql`s.is_answering` },
  { name: "waitingCount", value: Prisma.sql`s.waiting_count` },
]

/**
 * Writes a page of sessions, the newest activity first unless told otherwise. The last messages, runs and changes are read
 * by key, beside their sessions: on many machines these are where all lie.
 */
export async function writeSessionPage(db: Db, filter: SessionFilter, form: Form = "router"): Promise<WrittenRows> {
  const { order = { by: "activity" }, preview = false, limit } = filter
  const conditions = [...(await sessionConditions(db, filter)), ...between(order)]
  const direction = order.ascending ? Prisma.sql`ASC` : Prisma.sql`DESC`
  const { by, place } = orders[order.by]
  return writeRows(db, {
    rows: Prisma.sql`
      SELECT s.*, ${isAnswering} AS is_answering, ${waitingCount} AS waiting_count${preview ? Prisma.sql`, ${lastMessage} AS preview` : Prisma.empty}
      FROM sessions s WHERE ${allOf(conditions)}
      ORDER BY ${by} ${direction}, s.id ${direction} LIMIT ${rowsFor(limit)}`,
    as: "s",
    row: objectOf(fieldsOf(preview), form),
    place: (last) => [...place(last), last(column("id"))],
    limit,
  })
}
