import { sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import { kyselyOf } from "../../kysely.ts"
import { playlistQueries } from "../playlist.ts"
import { songQueries } from "../song.ts"
import { oneOf } from "../sql/columns.ts"
import { readFitting } from "./fitting.ts"
import { type ItemPlace, itemKeys, type VersionPlace, versionKeys } from "./library.ts"

const fields = [
  ...(["s.project_id as projectId", "s.id", "s.name", "s.body", "s.metadata", "s.version"] as const),
  ...(["s.created_at as createdAt", "s.updated_at as updatedAt"] as const),
] as const

const versionFields = [
  ...(["r.project_id as projectId", "r.version", "r.name", "r.body", "r.metadata"] as const),
  ...(["r.session_id as sessionId", "r.message_index as messageIndex", "r.created_at as createdAt"] as const),
] as const

interface Stored extends ItemPlace {
  name: string
  body: string
  metadata: Prisma.InputJsonObject
  version: number
  createdAt: string
}

/** A song or playlist as it is to be stored. */
export interface NewSequence extends Stored {
  updatedAt: string
}

export interface NewPart extends ItemPlace {
  position: number
  partId: string
}

export interface NewSequenceVersion extends Stored {
  partIds: string[]
  sessionId: string | null
  messageIndex: number | null
}

const own = {
  song: {
    queries: songQueries,
    rows: "songs",
    versions: "song_versions",
    owner: "song_id",
    parts: "clip_ids",
    partRows: "clips",
    insert: (tx: Db, data: NewSequence[]) => tx.song.createMany({ data }),
    insertParts: (tx: Db, parts: NewPart[]) =>
      tx.songClip.createMany({
        data: parts.map(({ projectId, id, position, partId }) => ({ projectId, songId: id, position, clipId: partId })),
      }),
    insertVersions: (tx: Db, versions: NewSequenceVersion[]) =>
      tx.songVersion.createMany({
        data: versions.map(({ id, partIds, ...rest }) => ({ ...rest, songId: id, clipIds: partIds })),
      }),
  },
  playlist: {
    queries: playlistQueries,
    rows: "playlists",
    versions: "playlist_versions",
    owner: "playlist_id",
    parts: "song_ids",
    partRows: "songs",
    insert: (tx: Db, data: NewSequence[]) => tx.playlist.createMany({ data }),
    insertParts: (tx: Db, parts: NewPart[]) =>
      tx.playlistSong.createMany({
        data: parts.map(({ projectId, id, position, partId }) => ({
          projectId,
          playlistId: id,
          position,
          songId: partId,
        })),
      }),
    insertVersions: (tx: Db, versions: NewSequenceVersion[]) =>
      tx.playlistVersion.createMany({
        data: versions.map(({ id, partIds, ...rest }) => ({ ...rest, playlistId: id, songIds: partIds })),
      }),
  },
} as const

/** The queries by which songs or playlists are backed up and restored. */
export function sequenceBackup(kind: "song" | "playlist") {
  const { queries, rows, versions, owner, parts, partRows, insert, insertParts, insertVersions } = own[kind]
  const { partIds } = queries
  const ownerOf = sql.ref<string>(`r.${owner}`)
  const partsOf = sql.ref<string[]>(`r.${parts}`)
  const versionRows = oneOf<"song_versions" | "playlist_versions">(versions)
  return {
    insert,
    insertParts,
    insertVersions,

    /** Reads the next ones by their keys, each with what it holds. */
    read(db: Db, after: ItemPlace | undefined, limit: number) {
      const from = kyselyOf(db)
        .selectFrom(oneOf(rows).as("s"))
        .where(({ eb, refTuple, tuple }) =>
          eb(refTuple("s.project_id", "s.id"), ">", tuple(after?.projectId ?? "", after?.id ?? "")),
        )
        .orderBy("s.project_id")
        .orderBy("s.id")
      return readFitting(limit, {
        sizes: (most, bytesOf) =>
          from
            .select(({ ref }) => bytesOf(ref("s.body"), ref("s.metadata")).as("bytes"))
            .limit(most)
            .execute(),
        rows: (most) => from.select(fields).select(partIds().as("partIds")).limit(most).execute(),
      })
    },

    listStored: (db: Db, keys: ItemPlace[]) =>
      kyselyOf(db)
        .selectFrom(itemKeys(keys))
        .innerJoin(oneOf(rows).as("s"), (join) =>
          join.onRef("s.project_id", "=", "k.project_id").onRef("s.id", "=", "k.id"),
        )
        .select(fields)
        .select(partIds().as("partIds"))
        .execute(),

    /** Which of these can be parts: those that are there. */
    listParts: (db: Db, keys: ItemPlace[]) =>
      kyselyOf(db)
        .selectFrom(itemKeys(keys))
        .innerJoin(oneOf(partRows).as("p"), (join) =>
          join.onRef("p.project_id", "=", "k.project_id").onRef("p.id", "=", "k.id"),
        )
        .select(["p.project_id as projectId", "p.id"])
        .execute(),

    /** Reads the next versions by their keys. */
    readVersions(db: Db, after: VersionPlace | undefined, limit: number) {
      const from = kyselyOf(db)
        .selectFrom(versionRows.as("r"))
        .where(
          sql<boolean>`(${sql.ref("r.project_id")}, ${ownerOf}, ${sql.ref("r.version")}) >
            (${after?.projectId ?? ""}, ${after?.id ?? ""}, ${after?.version ?? 0}::int)`,
        )
        .orderBy("r.project_id")
        .orderBy(ownerOf)
        .orderBy("r.version")
      return readFitting(limit, {
        sizes: (most, bytesOf) =>
          from
            .select(({ ref }) => bytesOf(ref("r.body"), ref("r.metadata")).as("bytes"))
            .limit(most)
            .execute(),
        rows: (most) =>
          from
            .select(versionFields)
            .select([ownerOf.as("id"), partsOf.as("partIds")])
            .limit(most)
            .execute(),
      })
    },

    listStoredVersions: (db: Db, keys: VersionPlace[]) =>
      kyselyOf(db)
        .selectFrom(versionKeys(keys))
        .innerJoin(versionRows.as("r"), (join) =>
          join
            .onRef("r.project_id", "=", "k.project_id")
            .on(ownerOf, "=", sql.ref<string>("k.id"))
            .onRef("r.version", "=", "k.version"),
        )
        .select(versionFields)
        .select([ownerOf.as("id"), partsOf.as("partIds")])
        .execute(),
  }
}

export type SequenceBackup = ReturnType<typeof sequenceBackup>
