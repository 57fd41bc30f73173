import { type ExpressionBuilder, type Selection, type SqlBool, sql } from "kysely"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import type { Tables } from "../generated/tables.ts"
import { kyselyOf } from "../kysely.ts"
import { type BoundedRows, boundedRows, boundsOf, sizeOf, usualBytes } from "./bounded-rows.ts"
import { rawOf, tempoOf } from "./columns.ts"
import { nameCondition } from "./mistyped-name.ts"
import { removeItems } from "./removal.ts"
import { clipIdsOf } from "./song.ts"

const fields = [
  ...(["p.project_id as projectId", "p.id", "p.name", "p.body", "p.metadata", "p.version"] as const),
  ...(["p.created_at as createdAt", "p.updated_at as updatedAt"] as const),
] as const

export type PlaylistRow = Selection<{ p: Tables["playlists"] }, "p", (typeof fields)[number]> & { songIds: string[] }

export interface PlaylistKey {
  projectId: string
  id: string
}

export interface PlaylistFilter {
  projectId?: string
  nameContains?: string
  order:
    | { by: "updated"; after?: PlaylistKey & { updatedAt: Date } }
    | { by: "name"; after?: PlaylistKey & { name: string } }
  limit: number
  /** Bytes of texts and metadata after which the list ends. */
  maxBytes?: number
}

/** The ids of what a playlist `p` holds, in order. */
export const songIdsOf = ({ selectFrom }: ExpressionBuilder<Tables & { p: Tables["playlists"] }, "p">) =>
  sql<string[]>`ARRAY${selectFrom("playlist_songs as part")
    .select("part.song_id")
    .whereRef("part.project_id", "=", "p.project_id")
    .whereRef("part.playlist_id", "=", "p.id")
    .orderBy("part.position")}`

/** Lists playlists with their songs' ids, the last changed first or by name. */
export async function listPlaylists(
  db: Db,
  { projectId, nameContains, order, limit, maxBytes = usualBytes }: PlaylistFilter,
): Promise<BoundedRows<PlaylistRow>> {
  const named = nameContains && (await nameCondition(db, "playlists", { text: nameContains, projectId }))
  let page = kyselyOf(db)
    .selectFrom("playlists as p")
    .selectAll()
    .select((eb) => songIdsOf(eb).as("songIds"))
    .limit(limit)
  if (projectId) page = page.where("p.project_id", "=", projectId)
  if (named) page = page.where(rawOf<SqlBool>(named))
  if (order.by === "updated") {
    const { after } = order
    page = page.orderBy("p.updated_at", "desc").orderBy("p.project_id", "desc").orderBy("p.id", "desc")
    if (after) {
      page = page.where(({ eb, refTuple, tuple }) =>
        eb(refTuple("p.updated_at", "p.project_id", "p.id"), "<", tuple(after.updatedAt, after.projectId, after.id)),
      )
    }
  } else {
    const { after } = order
    page = page.orderBy("p.name").orderBy("p.project_id").orderBy("p.id")
    if (after) {
      page = page.where(({ eb, refTuple, tuple }) =>
        eb(refTuple("p.name", "p.project_id", "p.id"), ">", tuple(after.name, after.projectId, after.id)),
      )
    }
  }
  const rows = await kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom(page.as("p"))
        .selectAll()
        .select(({ ref }) => boundsOf(sizeOf(ref("p.body"), ref("p.metadata"))))
        .as("p"),
    )
    .select(fields)
    .select(["p.songIds", "p.found"])
    .where("p.bytes_before", "<", maxBytes)
    .execute()
  return boundedRows(rows)
}

const ofPlaylist = (db: Db, { projectId, id }: PlaylistKey) =>
  kyselyOf(db).selectFrom("playlists as p").where("p.project_id", "=", projectId).where("p.id", "=", id)

export const findPlaylist = (db: Db, key: PlaylistKey): Promise<PlaylistRow | undefined> =>
  ofPlaylist(db, key)
    .select(fields)
    .select((eb) => songIdsOf(eb).as("songIds"))
    .executeTakeFirst()

/** Holds a playlist's row until the transaction ends; false where there is none. What it holds is to be read after that. */
export const lockPlaylist = async (tx: Db, key: PlaylistKey): Promise<boolean> =>
  (await ofPlaylist(tx, key).select("p.id").forUpdate().execute()).length > 0

/** The projects that own a playlist of this id, at most 20. */
export const listPlaylistProjects = async (db: Db, id: string): Promise<string[]> => {
  const rows = await db.playlist.findMany({
    where: { id },
    select: { projectId: true },
    orderBy: { projectId: "asc" },
    take: 20,
  })
  return rows.map(({ projectId }) => projectId)
}

export const insertPlaylist = (tx: Db, data: Prisma.PlaylistUncheckedCreateInput) =>
  tx.playlist.create({ data, select: { id: true } })

export const updatePlaylist = (tx: Db, { projectId, id }: PlaylistKey, data: Prisma.PlaylistUncheckedUpdateInput) =>
  tx.playlist.update({ where: { projectId_id: { projectId, id } }, data, select: { id: true } })

/** Puts these songs into a playlist in this order, in place of what it held. */
export async function replacePlaylistSongs(tx: Db, { projectId, id }: PlaylistKey, songs: string[]): Promise<void> {
  await tx.playlistSong.deleteMany({ where: { projectId, playlistId: id } })
  await tx.playlistSong.createMany({
    data: songs.map((songId, position) => ({ projectId, playlistId: id, position, songId })),
  })
}

/** Removes a playlist, and notes it; false where there is none of that key. */
export const removePlaylist = async (tx: Db, { projectId, id }: PlaylistKey): Promise<boolean> =>
  (await removeItems(tx, "playlist", { projectId, id })) > 0

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
const bpmOfClip = (eb: ExpressionBuilder<Tables & { s: Tables["songs"] }, "s">, end: "first" | "last") =>
  eb
    .selectFrom("song_clips as sc")
    .innerJoin("clips as c", (join) =>
      join.onRef("c.project_id", "=", "sc.project_id").onRef("c.id", "=", "sc.clip_id"),
    )
    .select(({ ref }) => tempoOf(ref("c.metadata")).as("bpm"))
    .whereRef("sc.project_id", "=", "s.project_id")
    .whereRef("sc.song_id", "=", "s.id")
    .orderBy("sc.position", end === "first" ? "asc" : "desc")
    .limit(sql<number>`1`)

/** A playlist's songs in order, repeated ones as often as they are played. */
export const listSongsOfPlaylist = (db: Db, { projectId, id }: PlaylistKey): Promise<PlaylistPart[]> =>
  kyselyOf(db)
    .selectFrom("playlist_songs as ps")
    .innerJoin("songs as s", (join) =>
      join.onRef("s.project_id", "=", "ps.project_id").onRef("s.id", "=", "ps.song_id"),
    )
    .select(["s.id", "s.name", "s.metadata"])
    .select((eb) => [
      clipIdsOf(eb).as("clipIds"),
      bpmOfClip(eb, "first").as("firstBpm"),
      bpmOfClip(eb, "last").as("lastBpm"),
    ])
    .where("ps.project_id", "=", projectId)
    .where("ps.playlist_id", "=", id)
    .orderBy("ps.position")
    .execute()
