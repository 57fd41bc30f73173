import type { Db } from "../client.ts"
import { Prisma, type SessionItemType, type SessionStatus } from "../generated/client.ts"
import { allOf, columnList, containing } from "./columns.ts"

const columns = {
  id: true,
  agentName: true,
  modelName: true,
  provider: true,
  status: true,
  projectId: true,
  itemType: true,
  itemId: true,
  messageCount: true,
  metadata: true,
  lastActivity: true,
  createdAt: true,
} as const satisfies Prisma.SessionSelect

export type SessionRow = Prisma.SessionGetPayload<{ select: typeof columns }>

export interface SessionFilter {
  status?: SessionStatus
  projectId?: string
  itemType?: SessionItemType
  itemId?: string
  /** Metadata that the session's contains. */
  metadata?: Prisma.InputJsonObject
  tag?: string
  /** A part of the name, in any case. */
  nameContains?: string
  /** The last row of the page before. */
  after?: { lastActivity: Date; id: string }
  limit: number
}

export const insertSession = (db: Db, data: Prisma.SessionUncheckedCreateInput): Promise<SessionRow> =>
  db.session.create({ data, select: columns })

export const findSession = (db: Db, id: string): Promise<SessionRow | null> =>
  db.session.findUnique({ where: { id }, select: columns })

/** Lists sessions, newest activity first. */
export function listSessions(db: Db, filter: SessionFilter): Promise<SessionRow[]> {
  const { status, projectId, itemType, itemId, metadata, tag, nameContains, after, limit } = filter
  const conditions = [
    ...(status ? [Prisma.sql`s.status = ${status}::session_status`] : []),
    ...(projectId ? [Prisma.sql`s.project_id = ${projectId}`] : []),
    ...(itemType ? [Prisma.sql`s.item_type = ${itemType}::session_item_type`] : []),
    ...(itemId ? [Prisma.sql`s.item_id = ${itemId}`] : []),
    ...(metadata ? [Prisma.sql`s.metadata @> ${JSON.stringify(metadata)}::jsonb`] : []),
    ...(tag ? [Prisma.sql`s.metadata @> ${JSON.stringify({ tags: [tag] })}::jsonb`] : []),
    ...(nameContains ? [Prisma.sql`s.metadata ->> 'name' ILIKE ${containing(nameContains)}`] : []),
    ...(after ? [Prisma.sql`(s.last_activity, s.id) < (${after.lastActivity}, ${after.id}::uuid)`] : []),
  ]
  return db.$queryRaw<SessionRow[]>`
    SELECT ${columnList(columns, "s")} FROM sessions s WHERE ${allOf(conditions)}
    ORDER BY s.last_activity DESC, s.id DESC LIMIT ${limit}`
}

/** Says that somebody is there: an idle session becomes active, a terminated one stays what it is. */
export async function touchSession(db: Db, id: string): Promise<SessionRow | undefined> {
  const [row] = await db.$queryRaw<SessionRow[]>`
    UPDATE sessions s SET last_activity = now(), updated_at = now(),
      status = CASE WHEN s.status = 'idle' THEN 'active' ELSE s.status END
    WHERE s.id = ${id}::uuid RETURNING ${columnList(columns, "s")}`
  return row
}

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
export async function updateSession(db: Db, id: string, change: SessionChange): Promise<SessionRow | undefined> {
  const { status, modelName, provider, metadata, withoutKeys } = change
  const changes = [
    Prisma.sql`updated_at = now()`,
    ...(status ? [Prisma.sql`status = ${status}::session_status`] : []),
    ...(status === "active" ? [Prisma.sql`last_activity = now()`] : []),
    ...(modelName !== undefined ? [Prisma.sql`model_name = ${modelName}`] : []),
    ...(provider !== undefined ? [Prisma.sql`provider = ${provider}`] : []),
    ...(metadata || withoutKeys
      ? [Prisma.sql`metadata = (s.metadata - ${withoutKeys ?? []}::text[]) || ${JSON.stringify(metadata ?? {})}::jsonb`]
      : []),
  ]
  const [row] = await db.$queryRaw<SessionRow[]>`
    UPDATE sessions s SET ${Prisma.join(changes, ", ")} WHERE s.id = ${id}::uuid RETURNING ${columnList(columns, "s")}`
  return row
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
  (await tx.$queryRaw<unknown[]>`SELECT 1 FROM sessions WHERE id = ${id}::uuid FOR UPDATE`).length > 0
