import { sql } from "kysely"
import type { Db } from "../client.ts"
import { kyselyOf } from "../kysely.ts"
import type { SessionRow } from "./session.ts"
import { anyOf, inputRows } from "./sql/input-rows.ts"

/** The session that a change was made in, and the message of it. */
export interface VersionOrigin {
  sessionId: string
  messageIndex?: number | undefined
}

/** What is shown of a message, in characters. */
const previewLength = 160

/** Where a version says it came from; a version written by hand says nothing. */
type Origin = { sessionId: string | null; messageIndex: number | null }

/** A version with what is left of where it came from: null where the session or the message is gone or never was. */
export type WithOrigin<Version> = Version & {
  session: Pick<SessionRow, "agentName" | "itemType" | "itemId" | "projectId" | "metadata" | "createdAt"> | null
  /** The beginning of the message's content. */
  preview: string | null
}

/** Adds to each version the session and the beginning of the message that it came from. */
export async function withOrigins<Version extends Origin>(db: Db, versions: Version[]): Promise<WithOrigin<Version>[]> {
  const [sessions, previews] = await Promise.all([listOrigins(db, versions), listPreviews(db, versions)])
  return versions.map((version) => ({
    ...version,
    session: sessions.find(({ id }) => id === version.sessionId) ?? null,
    preview:
      previews.find(
        ({ sessionId, messageIndex }) => sessionId === version.sessionId && messageIndex === version.messageIndex,
      )?.preview ?? null,
  }))
}

function listOrigins(db: Db, versions: Origin[]) {
  const ids = new Set(versions.flatMap(({ sessionId }) => sessionId ?? []))
  if (ids.size === 0) return []
  return kyselyOf(db)
    .selectFrom("sessions as s")
    .select(["s.id", "s.agent_name as agentName", "s.item_type as itemType", "s.item_id as itemId"])
    .select(["s.project_id as projectId", "s.metadata", "s.created_at as createdAt"])
    .where("s.id", "=", anyOf("uuid", [...ids]))
    .execute()
}

function listPreviews(
  db: Db,
  versions: Origin[],
): Promise<{ sessionId: string; messageIndex: number; preview: string | null }[]> {
  const said = versions.flatMap(({ sessionId, messageIndex }) =>
    sessionId !== null && messageIndex !== null ? [{ session_id: sessionId, message_index: messageIndex }] : [],
  )
  if (said.length === 0) return Promise.resolve([])
  return kyselyOf(db)
    .selectFrom("messages as m")
    .innerJoin(inputRows("k", { session_id: "uuid", message_index: "int" }, said), (join) =>
      join.onRef("m.session_id", "=", "k.session_id").onRef("m.message_index", "=", "k.message_index"),
    )
    .select(({ ref }) => [
      "m.session_id as sessionId",
      "m.message_index as messageIndex",
      sql<string | null>`left(${ref("m.data")} ->> 'content', ${previewLength}::int)`.as("preview"),
    ])
    .execute()
}
