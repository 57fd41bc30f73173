import { type Selection, sql } from "kysely"
import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import type { Tables } from "../generated/tables.ts"
import {
  type AnsweredBy,
  answerers,
  type ChangeMode,
  changeModes,
  kindOf,
  type SessionItemType,
  type SessionStatus,
  sessionItemTypes,
  sessionStatuses,
} from "../kinds.ts"
import { kyselyOf } from "../kysely.ts"
import { insertRemovals } from "./removal.ts"
import { nameCondition } from "./search/mistyped-name.ts"
import { columnsOf, now } from "./sql/columns.ts"
import { anyOf } from "./sql/input-rows.ts"

const sessionColumns = {
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
  answeredBy: true,
  changeMode: true,
  askedCount: true,
  takenCount: true,
  metadata: true,
  lastActivity: true,
  createdAt: true,
} as const satisfies Prisma.SessionSelect

/** The columns of a session that is read, on a row `s`. */
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
  "s.answered_by as answeredBy",
  "s.change_mode as changeMode",
  "s.asked_count as askedCount",
  "s.taken_count as takenCount",
  "s.metadata",
  "s.last_activity as lastActivity",
  "s.created_at as createdAt",
] as const

export type SessionRow = Selection<{ s: Tables["sessions"] }, "s", (typeof sessionFields)[number]>

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
  /** Only sessions with changes that wait for a person. */
  waiting?: boolean
}

export type NewSession = Omit<
  Prisma.SessionUncheckedCreateInput,
  "status" | "itemType" | "answeredBy" | "changeMode"
> & {
  itemType?: SessionItemType | null
  answeredBy?: AnsweredBy
  changeMode?: ChangeMode
}

export async function insertSession(db: Db, data: NewSession): Promise<SessionRow> {
  const { status, itemType, answeredBy, changeMode, ...row } = await db.session.create({ data, select: sessionColumns })
  return {
    ...row,
    status: kindOf(sessionStatuses, status),
    answeredBy: kindOf(answerers, answeredBy),
    changeMode: kindOf(changeModes, changeMode),
    itemType: itemType === null ? null : kindOf(sessionItemTypes, itemType),
  }
}

export const findSession = (db: Db, id: string): Promise<SessionRow | undefined> =>
  kyselyOf(db).selectFrom("sessions as s").select(sessionFields).where("s.id", "=", id).executeTakeFirst()

export const listSessions = (db: Db, ids: string[]): Promise<SessionRow[]> =>
  kyselyOf(db).selectFrom("sessions as s").select(sessionFields).where("s.id", "=", anyOf("uuid", ids)).execute()

const session = columnsOf("sessions", "s")

/** Changes of a session `s` that wait for a person. */
export const waitingChanges = Prisma.sql`FROM run_changes c WHERE c.session_id = s.id AND c.state = 'staged'`

/** The conditions on a row `s` of sessions. */
export async function sessionConditions(db: Db, condition: SessionCondition): Promise<Prisma.Sql[]> {
  const { status, agentName, projectId, itemType, itemId, metadata, tag, nameContains } = condition
  const { activeFrom, activeTo, unseen, waiting } = condition
  return [
    ...(status ? [Prisma.sql`${session("status")} = ${status}`] : []),
    ...(agentName ? [Prisma.sql`${session("agent_name")} = ${agentName}`] : []),
    ...(projectId ? [Prisma.sql`${session("project_id")} = ${projectId}`] : []),
    ...(itemType ? [Prisma.sql`${session("item_type")} = ${itemType}`] : []),
    ...(itemId ? [Prisma.sql`${session("item_id")} = ${itemId}`] : []),
    ...(metadata ? [Prisma.sql`${session("metadata")} @> ${JSON.stringify(metadata)}::jsonb`] : []),
    ...(tag ? [Prisma.sql`${session("metadata")} @> ${JSON.stringify({ tags: [tag] })}::jsonb`] : []),
    ...(nameContains ? [await nameCondition(db, "sessions", { text: nameContains, projectId })] : []),
    ...(activeFrom ? [Prisma.sql`${session("last_activity")} >= ${activeFrom}`] : []),
    ...(activeTo ? [Prisma.sql`${session("last_activity")} < ${activeTo}`] : []),
    ...(unseen ? [Prisma.sql`${session("message_count")} > ${session("seen_count")}`] : []),
    ...(waiting ? [Prisma.sql`EXISTS (SELECT ${waitingChanges})`] : []),
  ]
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
  answeredBy?: AnsweredBy
  changeMode?: ChangeMode
  /** Merged over what is stored. */
  metadata?: Prisma.InputJsonObject
  /** Keys taken out of the metadata before the merge. */
  withoutKeys?: string[]
}

/** Changes a session in one statement; undefined where there is none of that id. */
export function updateSession(db: Db, id: string, change: SessionChange): Promise<SessionRow | undefined> {
  const { status, modelName, provider, answeredBy, changeMode, metadata, withoutKeys } = change
  return kyselyOf(db)
    .updateTable("sessions as s")
    .set(({ ref }) => ({
      updated_at: now,
      ...(status ? { status } : {}),
      ...(status === "active" ? { last_activity: now } : {}),
      ...(modelName !== undefined ? { model_name: modelName } : {}),
      ...(provider !== undefined ? { provider } : {}),
      ...(answeredBy ? { answered_by: answeredBy } : {}),
      ...(changeMode ? { change_mode: changeMode } : {}),
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

/**
 * Removes a session with its messages and memory files, and notes it; false where there is none of that id, or none with
 * as many messages as are told.
 */
export async function removeSession(tx: Db, id: string, messageCount?: number): Promise<boolean> {
  const rows = await kyselyOf(tx)
    .deleteFrom("sessions as s")
    .where("s.id", "=", id)
    .$if(messageCount !== undefined, (query) => query.where("s.message_count", "=", messageCount ?? 0))
    .returning(["s.id", "s.project_id as projectId"])
    .execute()
  await insertRemovals(tx, "session", rows)
  return rows.length > 0
}

/** Makes idle what is active and was left alone since then; answers how many. */
export const idleSessions = async (db: Db, since: Date): Promise<number> =>
  (await db.session.updateMany({ where: { status: "active", lastActivity: { lt: since } }, data: { status: "idle" } }))
    .count

/** Locks a session's row until the transaction ends; false where there is none of that id. */
export const lockSession = async (tx: Db, id: string): Promise<boolean> =>
  (await kyselyOf(tx).selectFrom("sessions as s").select("s.id").where("s.id", "=", id).forUpdate().execute()).length >
  0
