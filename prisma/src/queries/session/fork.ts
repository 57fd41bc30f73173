import { type Expression, type NotNull, sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import { kyselyOf } from "../../kysely.ts"
import { now } from "../sql/columns.ts"
import { inputRows } from "../sql/input-rows.ts"

export interface SessionFork {
  /** The session that is forked. */
  id: string
  /** The last message that is taken along. */
  messageIndex: number
  newId: string
  /** Merged over the metadata of the forked session. */
  metadata: Prisma.InputJsonObject
}

/**
 * Makes a session of another one's messages up to one of them, with its memory files, in one statement; false where
 * the session or the message is not there. Client ids count within a session, so they are taken along. What an import
 * goes on with is the forked session.
 */
export async function forkSession(db: Db, { id, messageIndex, newId, metadata }: SessionFork): Promise<boolean> {
  const messageCount = sql<number>`${messageIndex}::int + 1`
  const rows = await kyselyOf(db)
    .with("made", (qb) =>
      qb
        .insertInto("sessions")
        .columns([
          ...(["id", "agent_name", "model_name", "provider", "project_id", "item_type", "item_id"] as const),
          ...(["answered_by", "change_mode", "message_count", "seen_count", "metadata", "updated_at"] as const),
        ])
        .expression((eb) =>
          eb
            .selectFrom("sessions as s")
            .select(({ ref }) => [
              sql<string>`${newId}::uuid`.as("id"),
              ...(["s.agent_name", "s.model_name", "s.provider", "s.project_id", "s.item_type", "s.item_id"] as const),
              "s.answered_by",
              "s.change_mode",
              messageCount.as("message_count"),
              messageCount.as("seen_count"),
              sql<string>`(${ref("s.metadata")} - 'imported') || ${JSON.stringify(metadata)}::jsonb`.as("metadata"),
              now.as("updated_at"),
            ])
            .where("s.id", "=", id)
            .where("s.message_count", ">", messageIndex),
        )
        .returning("id"),
    )
    .with("said", (qb) =>
      qb
        .insertInto("messages")
        .columns(["session_id", "message_index", "data", "client_id", "created_at"])
        .expression((eb) =>
          eb
            .selectFrom(["made", "messages as m"])
            .select(["made.id", "m.message_index", "m.data", "m.client_id", "m.created_at"])
            .where("m.session_id", "=", id)
            .where("m.message_index", "<=", messageIndex),
        ),
    )
    .with("remembered", (qb) =>
      qb
        .insertInto("memory_files")
        .columns(["session_id", "file_path", "is_primary", "loaded", "updated_at"])
        .expression((eb) =>
          eb
            .selectFrom(["made", "memory_files as f"])
            .select(["made.id", "f.file_path", "f.is_primary", "f.loaded", now.as("updated_at")])
            .where("f.session_id", "=", id),
        ),
    )
    .selectFrom("made")
    .select("made.id")
    .execute()
  return rows.length > 0
}

export interface ClipAt {
  projectId: string
  clipId: string
  /** The clip's name in that version. */
  name: string
  version: number
  /** The message that the version came from, and its session: a fork's first messages were said in another one. */
  sessionId: string
  messageIndex: number
  /** The version that the clip has today; null where it is gone. */
  currentVersion: number | null
}

/** Forks of forks that are followed back. */
const mostAncestors = 20

/** A moment of a session: right after one of its messages. */
export interface SessionMoment {
  id: string
  messageIndex: number
}

/** A session whose messages up to one of them were said by a moment. */
export interface ForkSource {
  sessionId: string
  until: number
}

export interface ForkSources {
  /** The session, and those that it was forked from. */
  sources: ForkSource[]
  /** The project of the session. */
  projectId: string | null
}

const isSession = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const isIndex = /^[0-9]{1,9}$/

/**
 * Follows a session back to those that it was forked from, each with the last message of it that was said by a moment of
 * the session. One statement for each: a machine knows its own sessions.
 */
export async function listForkSources(db: Db, { id, messageIndex }: SessionMoment): Promise<ForkSources> {
  const found: ForkSources = { sources: [], projectId: null }
  let next: ForkSource | undefined = { sessionId: id, until: messageIndex }
  while (next) {
    const source: ForkSource = next
    const isFirst = found.sources.push(source) === 1
    next = undefined
    const session = await kyselyOf(db)
      .selectFrom("sessions as s")
      .select(({ ref }) => [
        "s.project_id as projectId",
        forkedFrom(ref("s.metadata"), "session_id").as("from"),
        forkedFrom(ref("s.metadata"), "message_index").as("at"),
      ])
      .where("s.id", "=", source.sessionId)
      .executeTakeFirst()
    if (isFirst) found.projectId = session?.projectId ?? null
    const { from, at } = session ?? {}
    // Anybody may write metadata: only what is of the right form is followed, and no circle.
    if (!from || !at || !isSession.test(from) || !isIndex.test(at)) break
    if (found.sources.length > mostAncestors || found.sources.some(({ sessionId }) => sessionId === from)) break
    next = { sessionId: from, until: Math.min(source.until, Number(at)) }
  }
  return found
}

const forkedFrom = (metadata: Expression<Prisma.JsonValue>, key: "session_id" | "message_index") =>
  sql<string | null>`${metadata} #>> ${sql.lit(`{forked_from,${key}}`)}`

/** Sources as rows `source`. */
export const sourceRows = (sources: ForkSource[]) =>
  inputRows(
    "source",
    { session_id: "uuid", until: "int" },
    sources.map(({ sessionId, until }) => ({ session_id: sessionId, until })),
  )

/**
 * Lists the clips that a session's messages up to one of them wrote, each with the last version that they made of it.
 * What a fork took along counts where it was said.
 */
export async function listClipsAt(db: Db, moment: SessionMoment): Promise<ClipAt[]> {
  const { sources } = await listForkSources(db, moment)
  return kyselyOf(db)
    .with("written", (qb) =>
      qb
        .selectFrom(sourceRows(sources))
        .innerJoin("clip_versions as v", (join) =>
          join.onRef("v.session_id", "=", "source.session_id").onRef("v.message_index", "<=", "source.until"),
        )
        .distinctOn(["v.project_id", "v.clip_id"])
        .select(["v.project_id", "v.clip_id", "v.name", "v.version", "v.session_id", "v.message_index"])
        .$narrowType<{ session_id: NotNull; message_index: NotNull }>()
        .orderBy("v.project_id")
        .orderBy("v.clip_id")
        .orderBy("v.version", "desc"),
    )
    .selectFrom("written as w")
    .leftJoin("clips as c", (join) => join.onRef("c.project_id", "=", "w.project_id").onRef("c.id", "=", "w.clip_id"))
    .select(["w.project_id as projectId", "w.clip_id as clipId", "w.name", "w.version", "w.session_id as sessionId"])
    .select(["w.message_index as messageIndex", "c.version as currentVersion"])
    .orderBy("w.project_id")
    .orderBy("w.clip_id")
    .execute()
}
