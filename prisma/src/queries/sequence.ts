import { type InsertQueryBuilder, type InsertResult, type RawBuilder, type Selection, type SqlBool, sql } from "kysely"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import type { Tables } from "../generated/tables.ts"
import type { SequenceKind } from "../item-kinds.ts"
import { kyselyOf } from "../kysely.ts"
import { removeItems } from "./removal.ts"
import { nameCondition } from "./search/mistyped-name.ts"
import { type BoundedRows, boundedRows, boundsOf, sizeOf, usualBytes } from "./sql/bounded-rows.ts"
import { oneOf, rawOf } from "./sql/columns.ts"
import { aboveAll, sizeWithIds, type VersionPage } from "./version-list.ts"
import { type VersionOrigin, type WithOrigin, withOrigins } from "./version-origin.ts"

const fields = [
  ...(["s.project_id as projectId", "s.id", "s.name", "s.body", "s.metadata", "s.version"] as const),
  ...(["s.created_at as createdAt", "s.updated_at as updatedAt"] as const),
] as const

const versionFields = [
  ...(["v.project_id as projectId", "v.version", "v.name", "v.body", "v.metadata"] as const),
  ...(["v.session_id as sessionId", "v.message_index as messageIndex", "v.created_at as createdAt"] as const),
] as const

/** The ids of what a sequence holds, in order. */
export interface Parts {
  partIds: string[]
}

/** A song or a playlist. */
export type SequenceRow = Selection<{ s: Tables["songs"] }, "s", (typeof fields)[number]> & Parts

/** A song or a playlist as it was. */
export type SequenceVersionRow = Selection<{ v: Tables["song_versions"] }, "v", (typeof versionFields)[number]> &
  Parts & { id: string }

export interface SequenceKey {
  projectId: string
  id: string
}

export interface SequenceFilter {
  projectId?: string
  nameContains?: string
  order:
    | { by: "updated"; after?: SequenceKey & { updatedAt: Date } }
    | { by: "name"; after?: SequenceKey & { name: string } }
  limit: number
  /** Bytes of texts and metadata after which the list ends. */
  maxBytes?: number
}

export interface SequenceFields {
  name?: string | undefined
  body?: string | undefined
  metadata?: Prisma.InputJsonObject | undefined
}

/** What only one kind of sequence has: its tables, and the statements that name columns of its own. */
interface Kind<Versions extends "song_versions" | "playlist_versions"> {
  kind: SequenceKind
  rows: "songs" | "playlists"
  /** The ids of what a row `s` holds, in order; of a project that is known its machine alone is asked. */
  partIds: (projectId?: string) => RawBuilder<string[]>
  versions: Versions
  /** The columns of a version that hold its sequence's id and its parts. */
  owner: keyof Tables[Versions] & string
  parts: keyof Tables[Versions] & string
  insert(tx: Db, row: SequenceKey & SequenceFields & { name: string }): Promise<unknown>
  update(tx: Db, key: SequenceKey, change: SequenceFields & { version: number; updatedAt: Date }): Promise<unknown>
  /** Puts these parts into a sequence in this order, in place of what it held. */
  replaceParts(tx: Db, key: SequenceKey, partIds: string[]): Promise<void>
  /** Begins to write versions: `versionColumns`, its owner, its parts. */
  insertVersion(tx: Db): InsertQueryBuilder<Tables, Versions, InsertResult>
}

/** The columns of a version that every kind of sequence has, in the order in which they are written. */
export const versionColumns = [
  ...(["project_id", "version", "name", "body", "metadata", "created_at"] as const),
  ...(["session_id", "message_index"] as const),
] as const

/** The queries about a kind of sequence. */
export function sequenceQueries<Versions extends "song_versions" | "playlist_versions">(own: Kind<Versions>) {
  const { kind, rows, partIds, versions } = own
  const parts = sql.ref<string[]>(`v.${own.parts}`)
  const owner = sql.ref<string>(`v.${own.owner}`)

  const ofKey = (db: Db, { projectId, id }: SequenceKey) =>
    kyselyOf(db).selectFrom(oneOf(rows).as("s")).where("s.project_id", "=", projectId).where("s.id", "=", id)

  const find = (db: Db, key: SequenceKey): Promise<SequenceRow | undefined> =>
    ofKey(db, key).select(fields).select(partIds(key.projectId).as("partIds")).executeTakeFirst()

  /** A page of versions, the newest first, as rows `v` of which those with fewer than `maxBytes` before them are read. */
  const listVersions = async (db: Db, page: VersionPage): Promise<BoundedRows<SequenceVersionRow>> => {
    const { projectId, id, before = aboveAll, limit, maxBytes = usualBytes } = page
    const found = await kyselyOf(db)
      .selectFrom(({ selectFrom }) =>
        selectFrom(
          selectFrom(oneOf<"song_versions" | "playlist_versions">(versions).as("v"))
            .selectAll()
            .where("v.project_id", "=", projectId)
            .where(owner, "=", id)
            .where("v.version", "<", before)
            .orderBy("v.version", "desc")
            .limit(limit)
            .as("v"),
        )
          .selectAll()
          .select(({ ref }) => boundsOf(sizeWithIds(ref("v.body"), ref("v.metadata"), parts)))
          .as("v"),
      )
      .select(versionFields)
      .select([owner.as("id"), parts.as("partIds"), "v.found"])
      .where("v.bytes_before", "<", maxBytes)
      .execute()
    return boundedRows(found)
  }

  return {
    kind,
    partIds,
    find,
    listVersions,
    insert: own.insert,
    update: own.update,
    replaceParts: own.replaceParts,

    /** Lists sequences with the ids of their parts, the last changed first or by name. */
    async list(db: Db, filter: SequenceFilter): Promise<BoundedRows<SequenceRow>> {
      const { projectId, nameContains, order, limit, maxBytes = usualBytes } = filter
      const named = nameContains && (await nameCondition(db, rows, { text: nameContains, projectId }))
      let page = kyselyOf(db)
        .selectFrom(oneOf(rows).as("s"))
        .selectAll()
        .select(partIds(projectId).as("partIds"))
        .limit(limit)
      if (projectId) page = page.where("s.project_id", "=", projectId)
      if (named) page = page.where(rawOf<SqlBool>(named))
      if (order.by === "updated") {
        const { after } = order
        page = page.orderBy("s.updated_at", "desc").orderBy("s.project_id", "desc").orderBy("s.id", "desc")
        if (after) {
          page = page.where(({ eb, refTuple, tuple }) =>
            eb(
              refTuple("s.updated_at", "s.project_id", "s.id"),
              "<",
              tuple(after.updatedAt, after.projectId, after.id),
            ),
          )
        }
      } else {
        const { after } = order
        page = page.orderBy("s.name").orderBy("s.project_id").orderBy("s.id")
        if (after) {
          page = page.where(({ eb, refTuple, tuple }) =>
            eb(refTuple("s.name", "s.project_id", "s.id"), ">", tuple(after.name, after.projectId, after.id)),
          )
        }
      }
      const found = await kyselyOf(db)
        .selectFrom(({ selectFrom }) =>
          selectFrom(page.as("s"))
            .selectAll()
            .select(({ ref }) => boundsOf(sizeOf(ref("s.body"), ref("s.metadata"))))
            .as("s"),
        )
        .select(fields)
        .select(["s.partIds", "s.found"])
        .where("s.bytes_before", "<", maxBytes)
        .execute()
      return boundedRows(found)
    },

    /** Holds a sequence's row until the transaction ends; false where there is none. What it holds is to be read after that. */
    lock: async (tx: Db, key: SequenceKey): Promise<boolean> =>
      (await ofKey(tx, key).select("s.id").forUpdate().execute()).length > 0,

    /** The projects that own a sequence of this id, at most 20. */
    listProjects: async (db: Db, id: string): Promise<string[]> => {
      const owners = await kyselyOf(db)
        .selectFrom(oneOf(rows).as("s"))
        .select("s.project_id")
        .where("s.id", "=", id)
        .orderBy("s.project_id")
        .limit(20)
        .execute()
      return owners.map(({ project_id }) => project_id)
    },

    /** Removes a sequence, and notes it; false where there is none of that key. Refused by the database where one is used. */
    remove: async (tx: Db, { projectId, id }: SequenceKey): Promise<boolean> =>
      (await removeItems(tx, kind, { projectId, id })) > 0,

    /** Lists versions as `listVersions` does, each with where it came from. */
    async listHistory(db: Db, page: VersionPage): Promise<BoundedRows<WithOrigin<SequenceVersionRow>>> {
      const { rows, found } = await listVersions(db, page)
      return { rows: await withOrigins(db, rows), found }
    },

    findVersion: (db: Db, { projectId, id }: SequenceKey, version: number): Promise<SequenceVersionRow | undefined> =>
      kyselyOf(db)
        .selectFrom(oneOf<"song_versions" | "playlist_versions">(versions).as("v"))
        .select(versionFields)
        .select([owner.as("id"), parts.as("partIds")])
        .where("v.project_id", "=", projectId)
        .where(owner, "=", id)
        .where("v.version", "=", version)
        .executeTakeFirst(),

    /** Writes down a sequence as it is, and reads it. */
    async writeVersion(tx: Db, key: SequenceKey, origin?: VersionOrigin): Promise<SequenceRow | undefined> {
      await own
        .insertVersion(tx)
        .expression(
          ofKey(tx, key)
            .select(["s.project_id", "s.version", "s.name", "s.body", "s.metadata", "s.updated_at"])
            .select([
              sql`${origin?.sessionId ?? null}::uuid`.as("session_id"),
              sql`${origin?.messageIndex ?? null}::int`.as("message_index"),
            ])
            .select(["s.id", partIds(key.projectId).as("parts")]),
        )
        .execute()
      return find(tx, key)
    },
  }
}

export type SequenceQueries = ReturnType<typeof sequenceQueries>
