import { type ExpressionBuilder, expressionBuilder, sql } from "kysely"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import type { Tables } from "../generated/tables.ts"
import { kyselyOf } from "../kysely.ts"
import { type SequenceKey, sequenceQueries, versionColumns } from "./sequence.ts"
import { clipIdsOf } from "./song.ts"
import { tempoOf } from "./sql/columns.ts"

const { selectFrom } = expressionBuilder<Tables & { s: Tables["playlists"] }, "s">()

/** The ids of what a playlist `s` holds, in order; of a project that is known its machine alone is asked. */
const songIdsOf = (projectId?: string) => {
  const parts = selectFrom("playlist_songs as part").select("part.song_id")
  const ofProject =
    projectId === undefined
      ? parts.whereRef("part.project_id", "=", "s.project_id")
      : parts.where("part.project_id", "=", projectId)
  return sql<string[]>`ARRAY${ofProject.whereRef("part.playlist_id", "=", "s.id").orderBy("part.position")}`
}

export const playlistQueries = sequenceQueries({
  ...({ kind: "playlist", rows: "playlists", partIds: songIdsOf } as const),
  ...({ versions: "playlist_versions", owner: "playlist_id", parts: "song_ids" } as const),
  insert: (tx, data) => tx.playlist.create({ data, select: { id: true } }),
  update: (tx, { projectId, id }, data) =>
    tx.playlist.update({ where: { projectId_id: { projectId, id } }, data, select: { id: true } }),
  async replaceParts(tx, { projectId, id }, songs) {
    await tx.playlistSong.deleteMany({ where: { projectId, playlistId: id } })
    await tx.playlistSong.createMany({
      data: songs.map((songId, position) => ({ projectId, playlistId: id, position, songId })),
    })
  },
  insertVersion: (tx) =>
    kyselyOf(tx)
      .insertInto("playlist_versions")
      .columns([...versionColumns, "playlist_id", "song_ids"]),
})

/** What a playlist shows of one of its songs. */
export interface PlaylistPart {
  id: string
  name: string
  metadata: Prisma.JsonValue
  clipIds: string[]
  /** The tempo of the clip that it begins with, and of the one that it ends with. */
  firstBpm: number | null
  lastBpm: number | null
}

/** The tempo of the clip that a song `s` begins or ends with. */
const bpmOfClip = (
  eb: ExpressionBuilder<Tables & { s: Tables["songs"] }, "s">,
  end: "first" | "last",
  projectId: string,
) =>
  eb
    .selectFrom("song_clips as sc")
    .innerJoin("clips as c", (join) =>
      join.onRef("c.project_id", "=", "sc.project_id").onRef("c.id", "=", "sc.clip_id"),
    )
    .select(({ ref }) => tempoOf(ref("c.metadata")).as("bpm"))
    .where("sc.project_id", "=", projectId)
    .whereRef("sc.song_id", "=", "s.id")
    .orderBy("sc.position", end === "first" ? "asc" : "desc")
    .limit(sql<number>`1`)

/** A playlist's songs in order, repeated ones as often as they are played. */
export const listSongsOfPlaylist = (db: Db, { projectId, id }: SequenceKey): Promise<PlaylistPart[]> =>
  kyselyOf(db)
    .selectFrom("playlist_songs as ps")
    .innerJoin("songs as s", (join) =>
      join.onRef("s.project_id", "=", "ps.project_id").onRef("s.id", "=", "ps.song_id"),
    )
    .select(["s.id", "s.name", "s.metadata"])
    .select(clipIdsOf(projectId).as("clipIds"))
    .select((eb) => [bpmOfClip(eb, "first", projectId).as("firstBpm"), bpmOfClip(eb, "last", projectId).as("lastBpm")])
    .where("ps.project_id", "=", projectId)
    .where("ps.playlist_id", "=", id)
    .orderBy("ps.position")
    .execute()
