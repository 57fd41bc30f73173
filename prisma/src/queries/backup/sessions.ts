import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import { kyselyOf } from "../../kysely.ts"
import { anyOf, inputRows } from "../sql/input-rows.ts"
import { readFitting } from "./fitting.ts"

/** Before all UUIDs but itself, which nobody has. */
export const beforeAll = "00000000-0000-0000-0000-000000000000"

const sessionFields = [
  ...(["r.id", "r.agent_name as agentName", "r.model_name as modelName", "r.provider", "r.status"] as const),
  ...(["r.project_id as projectId", "r.item_type as itemType", "r.item_id as itemId"] as const),
  ...(["r.message_count as messageCount", "r.seen_count as seenCount", "r.metadata"] as const),
  ...(["r.answered_by as answeredBy", "r.change_mode as changeMode"] as const),
  ...(["r.last_activity as lastActivity", "r.created_at as createdAt", "r.updated_at as updatedAt"] as const),
] as const

/** Reads the next sessions by their ids. */
export function readSessions(db: Db, after: { id: string } | undefined, limit: number) {
  const from = kyselyOf(db)
    .selectFrom("sessions as r")
    .where("r.id", ">", after?.id ?? beforeAll)
    .orderBy("r.id")
  return readFitting(limit, {
    sizes: (most, bytesOf) =>
      from
        .select(({ ref }) => bytesOf(ref("r.metadata")).as("bytes"))
        .limit(most)
        .execute(),
    rows: (most) => from.select(sessionFields).limit(most).execute(),
  })
}

/** The sessions of these ids. */
export const listStoredSessions = (db: Db, ids: string[]) =>
  kyselyOf(db).selectFrom("sessions as r").select(sessionFields).where("r.id", "=", anyOf("uuid", ids)).execute()

export const insertSessions = (tx: Db, data: Prisma.SessionCreateManyInput[]) => tx.session.createMany({ data })

/** How many messages each of these sessions has. */
export const listSessionCounts = (db: Db, ids: string[]): Promise<{ id: string; messageCount: number }[]> =>
  kyselyOf(db)
    .selectFrom("sessions as r")
    .select(["r.id", "r.message_count as messageCount"])
    .where("r.id", "=", anyOf("uuid", ids))
    .execute()

/**
 * Holds sessions until the transaction ends, and says how many messages each has. In the order of their ids, so that two
 * calls never wait for each other, and one statement for each: on many machines none locks rows of more than one.
 */
export async function lockSessionCounts(tx: Db, ids: string[]): Promise<{ id: string; messageCount: number }[]> {
  const counts: { id: string; messageCount: number }[] = []
  for (const id of ids.toSorted()) {
    const rows = await kyselyOf(tx)
      .selectFrom("sessions as r")
      .select(["r.id", "r.message_count as messageCount"])
      .where("r.id", "=", id)
      .forUpdate()
      .execute()
    counts.push(...rows)
  }
  return counts
}

/** Says how many messages sessions have; nothing else about them changes. */
export async function setMessageCounts(tx: Db, counts: { id: string; count: number }[]): Promise<void> {
  await kyselyOf(tx)
    .updateTable("sessions as r")
    .from(inputRows("k", { id: "uuid", count: "int" }, counts))
    .set(({ ref }) => ({ message_count: ref("k.count") }))
    .whereRef("r.id", "=", "k.id")
    .execute()
}

const memoryFields = [
  ...(["r.session_id as sessionId", "r.file_path as filePath", "r.is_primary as isPrimary", "r.loaded"] as const),
  ...(["r.created_at as createdAt", "r.updated_at as updatedAt"] as const),
] as const

export interface MemoryFilePlace {
  sessionId: string
  filePath: string
}

/** Reads the next memory files by their keys. */
export async function readStoredMemoryFiles(db: Db, after: MemoryFilePlace | undefined, limit: number) {
  const rows = await kyselyOf(db)
    .selectFrom("memory_files as r")
    .select(memoryFields)
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("r.session_id", "r.file_path"), ">", tuple(after?.sessionId ?? beforeAll, after?.filePath ?? "")),
    )
    .orderBy("r.session_id")
    .orderBy("r.file_path")
    .limit(limit)
    .execute()
  return { rows, more: rows.length === limit }
}

/** The memory files of these sessions. */
export const listMemoryFilesOf = (db: Db, sessionIds: string[]) =>
  kyselyOf(db)
    .selectFrom("memory_files as r")
    .select(memoryFields)
    .where("r.session_id", "=", anyOf("uuid", sessionIds))
    .execute()

export const insertMemoryFiles = (tx: Db, data: Prisma.MemoryFileCreateManyInput[]) =>
  tx.memoryFile.createMany({ data })

const messageFields = [
  ...(["r.session_id as sessionId", "r.message_index as messageIndex", "r.data"] as const),
  ...(["r.client_id as clientId", "r.created_at as createdAt"] as const),
] as const

export interface MessagePlace {
  sessionId: string
  messageIndex: number
}

/** Reads the next messages by their keys. */
export function readMessageRows(db: Db, after: MessagePlace | undefined, limit: number) {
  const from = kyselyOf(db)
    .selectFrom("messages as r")
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple("r.session_id", "r.message_index"),
        ">",
        tuple(after?.sessionId ?? beforeAll, after?.messageIndex ?? -1),
      ),
    )
    .orderBy("r.session_id")
    .orderBy("r.message_index")
  return readFitting(limit, {
    sizes: (most, bytesOf) =>
      from
        .select(({ ref }) => bytesOf(ref("r.data")).as("bytes"))
        .limit(most)
        .execute(),
    rows: (most) => from.select(messageFields).limit(most).execute(),
  })
}

/** The messages at these places. */
export const listStoredMessages = (db: Db, keys: MessagePlace[]) =>
  kyselyOf(db)
    .selectFrom(
      inputRows(
        "k",
        { session_id: "uuid", message_index: "int" },
        keys.map(({ sessionId, messageIndex }) => ({ session_id: sessionId, message_index: messageIndex })),
      ),
    )
    .innerJoin("messages as r", (join) =>
      join.onRef("r.session_id", "=", "k.session_id").onRef("r.message_index", "=", "k.message_index"),
    )
    .select(messageFields)
    .execute()

export const insertMessageRows = (tx: Db, data: Prisma.MessageCreateManyInput[]) => tx.message.createMany({ data })
