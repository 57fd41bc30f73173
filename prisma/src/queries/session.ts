import { sql } from "kysely"
import type { Db } from "../client.ts"
import { Prisma, type SessionItemType, type SessionStatus } from "../generated/client.ts"
import { kyselyOf } from "../kysely.ts"
import { allOf, columnList, columnsOf, now } from "./columns.ts"
import { nameCondition } from "./mistyped-name.ts"

export const sessionColumns = {
  id: true,
  agentName: true,
  modelName: true,
  provider: true,
  status: true,
  projectId: true,
  itemType: true,
  itemId: true,
  messageCount: true,
  seenCount: true,
  metadata: true,
  lastActivity: true,
  createdAt: true,
} as const satisfies Prisma.SessionSelect

/** The same columns, for typed SQL on a row `s`. */
export const sessionFields = [
  "s.id",
  "s.agent_name as agentName",
  "s.model_name as modelName",
  "s.provider",
  "s.status",
  "s.project_id as projectId",
  "s.item_type as itemType",
  "s.item_id as itemId",
  "s.message_count as messageCount",
  "s.seen_count as seenCount",
  "s.metadata",
  "s.last_activity as lastActivity",
  "s.created_at as createdAt",
] as const

export type SessionRow = Prisma.SessionGetPayload<{ select: typeof sessionColumns }>

/** The last message of a session, shortened. */
export interface SessionPreview {
  role: string
  content: string
}

export type ListedSessionRow = SessionRow & { preview: SessionPreview | null }

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

/** Which sessions are meant; all of what is given has to be true. */
export interface SessionCondition {
  status?: SessionStatus
  agentName?: string
  projectId?: string
  itemType?: SessionItemType
  itemId?: string
  /** Metadata that the session's contains. */
  metadata?: Prisma.InputJsonObject
  tag?: string
  /** A part of the name, folded as `search_fold` does it; one that no name has may be mistyped. */
  nameContains?: string
  /** Last activity at or after this moment. */
  activeFrom?: Date
  /** Last activity before this moment. */
  activeTo?: Date
  /** Only sessions that grew since somebody last looked at their end. */
  unseen?: boolean
}

export interface SessionFilter extends SessionCondition {
  /** The newest activity first unless told. */
  order?: SessionOrder
  /** Whether rows bear their last message. */
  preview?: boolean
  limit: number
}

export const insertSession = (db: Db, data: Prisma.SessionUncheckedCreateInput): Promise<SessionRow> =>
  db.session.create({ data, select: sessionColumns })

export const findSession = (db: Db, id: string): Promise<SessionRow | null> =>
  db.session.findUnique({ where: { id }, select: sessionColumns })

/** Characters of a message that a list shows. */
const previewLength = 160

const orderColumns = {
  activity: Prisma.sql`s.last_activity`,
  created: Prisma.sql`s.created_at`,
  messages: Prisma.sql`s.message_count`,
} as const satisfies Record<SessionOrder["by"], Prisma.Sql>

function placeOf(order: SessionOrder, end: "after" | "until"): Prisma.Sql | undefined {
  const place = order[end]
  if (!place) return undefined
  const value =
    "lastActivity" in place ? place.lastActivity : "createdAt" in place ? place.createdAt : place.messageCount
  return Prisma.sql`(${value}, ${place.id}::uuid)`
}

const session = columnsOf("sessions", "s")

/** The conditions on a row `s` of sessions. */
export async function sessionConditions(db: Db, condition: SessionCondition): Promise<Prisma.Sql[]> {
  const { status, agentName, projectId, itemType, itemId, metadata, tag, nameContains } = condition
  const { activeFrom, activeTo, unseen } = condition
  return [
    ...(status ? [Prisma.sql`${session("status")} = ${status}::session_status`] : []),
    ...(agentName ? [Prisma.sql`${session("agent_name")} = ${agentName}`] : []),
    ...(projectId ? [Prisma.sql`${session("project_id")} = ${projectId}`] : []),
    ...(itemType ? [Prisma.sql`${session("item_type")} = ${itemType}::session_item_type`] : []),
    ...(itemId ? [Prisma.sql`${session("item_id")} = ${itemId}`] : []),
    ...(metadata ? [Prisma.sql`${session("metadata")} @> ${JSON.stringify(metadata)}::jsonb`] : []),
    ...(tag ? [Prisma.sql`${session("metadata")} @> ${JSON.stringify({ tags: [tag] })}::jsonb`] : []),
    ...(nameContains ? [await nameCondition(db, "sessions", { text: nameContains, projectId })] : []),
    ...(activeFrom ? [Prisma.sql`${session("last_activity")} >= ${activeFrom}`] : []),
    ...(activeTo ? [Prisma.sql`${session("last_activity")} < ${activeTo}`] : []),
    ...(unseen ? [Prisma.sql`${session("message_count")} > ${session("seen_count")}`] : []),
  ]
}

/** Between which of its rows a list is. */
function between(order: SessionOrder): Prisma.Sql[] {
  const [after, until] = [placeOf(order, "after"), placeOf(order, "until")]
  const here = Prisma.sql`(${orderColumns[order.by]}, s.id)`
  return [
    ...(after ? [Prisma.sql`${here} ${order.ascending ? Prisma.sql`>` : Prisma.sql`<`} ${after}`] : []),
    ...(until ? [Prisma.sql`${here} ${order.ascending ? Prisma.sql`<=` : Prisma.sql`>=`} ${until}`] : []),
  ]
}

/**
 * Lists sessions, the newest activity first unless told otherwise. The last messages are read by key, and only those of
 * the page's rows.
 */
export async function listSessions(db: Db, filter: SessionFilter): Promise<ListedSessionRow[]> {
  const { order = { by: "activity" }, preview, limit } = filter
  const conditions = [...(await sessionConditions(db, filter)), ...between(order)]
  const direction = order.ascending ? Prisma.sql`ASC` : Prisma.sql`DESC`
  const last = preview
    ? Prisma.sql`(
        SELECT json_build_object('role', d.role, 'content', left(d.content, ${previewLength}))
        FROM messages m, jsonb_to_record(m.data) AS d(role text, content text)
        WHERE m.session_id = s.id AND m.message_index = s.message_count - 1
      )`
    : Prisma.sql`NULL::json`
  return db.$queryRaw<ListedSessionRow[]>`
    SELECT ${columnList(sessionColumns, "s")}, ${last} AS preview
    FROM (
      SELECT s.* FROM sessions s WHERE ${allOf(conditions)}
      ORDER BY ${orderColumns[order.by]} ${direction}, s.id ${direction} LIMIT ${limit}
    ) s
    ORDER BY ${orderColumns[order.by]} ${direction}, s.id ${direction}`
}

/** Says that somebody is there: an idle session becomes active, a terminated one stays what it is. */
export const touchSession = (db: Db, id: string): Promise<SessionRow | undefined> =>
  kyselyOf(db)
    .updateTable("sessions as s")
    .set(({ case: when, ref }) => ({
      last_activity: now,
      updated_at: now,
      status: when()
        .when("s.status", "=", "idle")
        .then("active" as const)
        .else(ref("s.status"))
        .end(),
    }))
    .where("s.id", "=", id)
    .returning(sessionFields)
    .executeTakeFirst()

export interface SessionChange {
  status?: SessionStatus
  modelName?: string | null
  provider?: string | null
  /** Merged over what is stored. */
  metadata?: Prisma.InputJsonObject
  /** Keys taken out of the metadata before the merge. */
  withoutKeys?: string[]
}

/** Changes a session in one statement; undefined where there is none of that id. */
export function updateSession(db: Db, id: string, change: SessionChange): Promise<SessionRow | undefined> {
  const { status, modelName, provider, metadata, withoutKeys } = change
  return kyselyOf(db)
    .updateTable("sessions as s")
    .set(({ ref }) => ({
      updated_at: now,
      ...(status ? { status } : {}),
      ...(status === "active" ? { last_activity: now } : {}),
      ...(modelName !== undefined ? { model_name: modelName } : {}),
      ...(provider !== undefined ? { provider } : {}),
      ...(metadata || withoutKeys
        ? {
            metadata: sql<string>`(${ref("s.metadata")} - ${withoutKeys ?? []}::text[])
              || ${JSON.stringify(metadata ?? {})}::jsonb`,
          }
        : {}),
    }))
    .where("s.id", "=", id)
    .returning(sessionFields)
    .executeTakeFirst()
}

/**
 * Says how many messages of a session were seen: never fewer than before, never more than there are. It is no change
 * of the session, so neither its activity nor its moment of change moves. Undefined where there is none of that id.
 */
export async function markSessionSeen(db: Db, id: string, count: number): Promise<number | undefined> {
  const row = await kyselyOf(db)
    .updateTable("sessions as s")
    .set(({ ref }) => ({
      seen_count: sql<number>`greatest(${ref("s.seen_count")}, least(${count}::int, ${ref("s.message_count")}))`,
    }))
    .where("s.id", "=", id)
    .returning("s.seen_count as seenCount")
    .executeTakeFirst()
  return row?.seenCount
}

/** Removes a session with its messages and memory files; false where there is none of that id. */
export const removeSession = async (db: Db, id: string): Promise<boolean> =>
  (await db.session.deleteMany({ where: { id } })).count > 0

/** Makes idle what is active and was left alone since then; answers how many. */
export const idleSessions = async (db: Db, since: Date): Promise<number> =>
  (await db.session.updateMany({ where: { status: "active", lastActivity: { lt: since } }, data: { status: "idle" } }))
    .count

/** Locks a session's row until the transaction ends; false where there is none of that id. */
export const lockSession = async (tx: Db, id: string): Promise<boolean> =>
  (await kyselyOf(tx).selectFrom("sessions as s").select("s.id").where("s.id", "=", id).forUpdate().execute()).length >
  0
