import { type Selection, sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import type { Tables } from "../../generated/tables.ts"
import { kyselyOf } from "../../kysely.ts"
import type { ClipKey, ClipRow } from "../clip.ts"
import { type BoundedRows, boundedRows, boundsOf, sizeOf, usualBytes } from "../sql/bounded-rows.ts"
import { aboveAll, type VersionPage } from "../version-list.ts"
import { type VersionOrigin, type WithOrigin, withOrigins } from "../version-origin.ts"

const fields = [
  ...(["v.project_id as projectId", "v.clip_id as clipId", "v.version", "v.name", "v.code", "v.metadata"] as const),
  ...(["v.session_id as sessionId", "v.message_index as messageIndex", "v.created_at as createdAt"] as const),
  ...(["v.state", "v.problem"] as const),
] as const

/** Writes down a clip as it is. */
export const insertClipVersion = (tx: Db, clip: ClipRow, origin: VersionOrigin | undefined) =>
  tx.clipVersion.create({
    data: {
      projectId: clip.projectId,
      clipId: clip.id,
      version: clip.version,
      name: clip.name,
      code: clip.code,
      metadata: clip.metadata ?? {},
      sessionId: origin?.sessionId ?? null,
      messageIndex: origin?.messageIndex ?? null,
    },
    select: { version: true },
  })

export type ClipVersionRow = Selection<{ v: Tables["clip_versions"] }, "v", (typeof fields)[number]>

/** A page of a clip's versions, the newest first, as rows `v` of which those with fewer than `maxBytes` before them are read. */
const versionPage = (db: Db, { projectId, id, before = aboveAll, limit, maxBytes = usualBytes }: VersionPage) =>
  kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom(
        selectFrom("clip_versions as v")
          .selectAll()
          .where("v.project_id", "=", projectId)
          .where("v.clip_id", "=", id)
          .where("v.version", "<", before)
          .orderBy("v.version", "desc")
          .limit(limit)
          .as("v"),
      )
        .selectAll()
        .select(({ ref }) => boundsOf(sizeOf(ref("v.code"), ref("v.metadata"))))
        .as("v"),
    )
    .select([...fields, "v.found"])
    .where("v.bytes_before", "<", maxBytes)

/** Lists a clip's versions, the newest first. */
export const listClipVersions = async (db: Db, page: VersionPage): Promise<BoundedRows<ClipVersionRow>> =>
  boundedRows(await versionPage(db, page).execute())

export type ClipHistoryRow = WithOrigin<ClipVersionRow & { picture: Prisma.JsonValue; audio: Prisma.JsonValue }>

/** What a version sounds like, without what is long. */
const audio = sql<Prisma.JsonValue>`v.audio - '{waveform,course,masked,unheard}'::text[]`

/** Lists versions as `listClipVersions` does, each with its picture, its sound and where it came from. */
export async function listClipHistory(db: Db, page: VersionPage): Promise<BoundedRows<ClipHistoryRow>> {
  const { rows, found } = boundedRows(
    await versionPage(db, page)
      .select(["v.picture", audio.as("audio")])
      .execute(),
  )
  return { rows: await withOrigins(db, rows), found }
}

/** The clips' versions that a message made, at most 50. */
export const listVersionsOfMessage = (
  db: Db,
  { sessionId, messageIndex }: { sessionId: string; messageIndex: number },
) =>
  db.clipVersion.findMany({
    where: { sessionId, messageIndex },
    select: { projectId: true, clipId: true, version: true, name: true, createdAt: true },
    orderBy: [{ projectId: "asc" }, { clipId: "asc" }, { version: "asc" }],
    take: 50,
  })

const ofVersion = (db: Db, { projectId, id }: ClipKey, version: number) =>
  kyselyOf(db)
    .selectFrom("clip_versions as v")
    .where("v.project_id", "=", projectId)
    .where("v.clip_id", "=", id)
    .where("v.version", "=", version)

/** What was found of a clip as it is, its picture, and how loud it is. */
export const findClipAnalysis = (db: Db, { version, ...key }: Pick<ClipRow, "projectId" | "id" | "version">) =>
  ofVersion(db, key, version)
    .leftJoin("clips as c", (join) =>
      join
        .onRef("c.project_id", "=", "v.project_id")
        .onRef("c.id", "=", "v.clip_id")
        .onRef("c.version", "=", "v.version"),
    )
    .select(["v.state", "v.cps", "v.events", "v.cycles", "v.sounds", "v.samples", "v.picture"])
    .select(["c.loudness", "c.peak"])
    .executeTakeFirst()

export const findClipVersion = (db: Db, key: ClipKey, version: number): Promise<ClipVersionRow | undefined> =>
  ofVersion(db, key, version).select(fields).executeTakeFirst()
