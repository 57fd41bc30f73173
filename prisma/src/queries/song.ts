import { expressionBuilder, sql } from "kysely"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import type { Tables } from "../generated/tables.ts"
import type { ClipState } from "../kinds.ts"
import { kyselyOf } from "../kysely.ts"
import { type SequenceKey, sequenceQueries, versionColumns } from "./sequence.ts"

const { selectFrom } = expressionBuilder<Tables & { s: Tables["songs"] }, "s">()

/** The ids of what a song `s` holds, in order; of a project that is known its machine alone is asked. */
export const clipIdsOf = (projectId?: string) => {
  const parts = selectFrom("song_clips as part").select("part.clip_id")
  const ofProject =
    projectId === undefined
      ? parts.whereRef("part.project_id", "=", "s.project_id")
      : parts.where("part.project_id", "=", projectId)
  return sql<string[]>`ARRAY${ofProject.whereRef("part.song_id", "=", "s.id").orderBy("part.position")}`
}

export const songQueries = sequenceQueries({
  ...({ kind: "song", rows: "songs", partIds: clipIdsOf } as const),
  ...({ versions: "song_versions", owner: "song_id", parts: "clip_ids" } as const),
  insert: (tx, data) => tx.song.create({ data, select: { id: true } }),
  update: (tx, { projectId, id }, data) =>
    tx.song.update({ where: { projectId_id: { projectId, id } }, data, select: { id: true } }),
  async replaceParts(tx, { projectId, id }, clips) {
    await tx.songClip.deleteMany({ where: { projectId, songId: id } })
    await tx.songClip.createMany({
      data: clips.map((clipId, position) => ({ projectId, songId: id, position, clipId })),
    })
  },
  insertVersion: (tx) =>
    kyselyOf(tx)
      .insertInto("song_versions")
      .columns([...versionColumns, "song_id", "clip_ids"]),
})

/** The names of those of these ids that the project has a song of. */
export const listSongNames = async (db: Db, projectId: string, ids: string[]): Promise<Map<string, string>> => {
  const rows = await db.song.findMany({ where: { projectId, id: { in: ids } }, select: { id: true, name: true } })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** A song's clips in order, repeated ones as often as they are played. */
export const listClipsOfSong = async (db: Db, { projectId, id }: SequenceKey) => {
  const places = await db.songClip.findMany({
    where: { projectId, songId: id },
    select: { clip: { select: { id: true, name: true, metadata: true } } },
    orderBy: { position: "asc" },
  })
  return places.map(({ clip }) => clip)
}

export interface SongPictureRow {
  id: string
  state: ClipState | null
  problem: Prisma.JsonValue
  picture: Prisma.JsonValue
}

/** What each of a song's clips plays, each clip once. */
export const listPicturesOfSong = (db: Db, { projectId, id }: SequenceKey): Promise<SongPictureRow[]> =>
  kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom("song_clips as sc")
        .select("sc.clip_id")
        .distinct()
        .where("sc.project_id", "=", projectId)
        .where("sc.song_id", "=", id)
        .as("s"),
    )
    // One row of a key: the limit keeps the planner from reading the whole table.
    .crossJoinLateral(({ selectFrom }) =>
      selectFrom("clips as c")
        .selectAll()
        .where("c.project_id", "=", projectId)
        .whereRef("c.id", "=", "s.clip_id")
        .limit(sql<number>`1`)
        .as("c"),
    )
    .select(["c.id", "c.state", "c.problem"])
    .select(({ selectFrom }) =>
      selectFrom("clip_versions as v")
        .select("v.picture")
        // By its value: rows behind a limit do not tell where those that belong to them lie.
        .where("v.project_id", "=", projectId)
        .whereRef("v.clip_id", "=", "c.id")
        .whereRef("v.version", "=", "c.version")
        .as("picture"),
    )
    .execute()

/** The playlists that a song stands in, each once, at most 50. */
export const listPlaylistsOfSong = (db: Db, { projectId, id }: SequenceKey) =>
  db.playlist.findMany({
    where: { projectId, songs: { some: { songId: id } } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take: 50,
  })
