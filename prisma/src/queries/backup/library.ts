import { sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import { kyselyOf } from "../../kysely.ts"
import { inputRows } from "../sql/input-rows.ts"
import { readFitting } from "./fitting.ts"

export interface ItemPlace {
  projectId: string
  id: string
}

export interface VersionPlace extends ItemPlace {
  version: number
}

export interface FilePlace {
  projectId: string
  path: string
}

const projectFields = [
  ...(["r.id", "r.name", "r.description", "r.metadata"] as const),
  ...(["r.created_at as createdAt", "r.updated_at as updatedAt"] as const),
] as const

/** Reads the next projects by their ids. */
export function readProjects(db: Db, after: { id: string } | undefined, limit: number) {
  const from = kyselyOf(db)
    .selectFrom("projects as r")
    .where("r.id", ">", after?.id ?? "")
    .orderBy("r.id")
  return readFitting(limit, {
    sizes: (most, bytesOf) =>
      from
        .select(({ ref }) => bytesOf(ref("r.description"), ref("r.metadata")).as("bytes"))
        .limit(most)
        .execute(),
    rows: (most) => from.select(projectFields).limit(most).execute(),
  })
}

/** The projects of these ids. */
export const listStoredProjects = (db: Db, ids: string[]) =>
  kyselyOf(db).selectFrom("projects as r").select(projectFields).where("r.id", "in", ids).execute()

export const insertProjects = (tx: Db, data: Prisma.ProjectCreateManyInput[]) => tx.project.createMany({ data })

const clipFields = [
  ...(["r.project_id as projectId", "r.id", "r.name", "r.code", "r.metadata", "r.version"] as const),
  ...(["r.created_at as createdAt", "r.updated_at as updatedAt"] as const),
] as const

/** Reads the next clips by their keys. */
export function readClips(db: Db, after: ItemPlace | undefined, limit: number) {
  const from = kyselyOf(db)
    .selectFrom("clips as r")
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("r.project_id", "r.id"), ">", tuple(after?.projectId ?? "", after?.id ?? "")),
    )
    .orderBy("r.project_id")
    .orderBy("r.id")
  return readFitting(limit, {
    sizes: (most, bytesOf) =>
      from
        .select(({ ref }) => bytesOf(ref("r.code"), ref("r.metadata")).as("bytes"))
        .limit(most)
        .execute(),
    rows: (most) => from.select(clipFields).limit(most).execute(),
  })
}

/** Keys of items as rows `k`. */
export const itemKeys = (keys: ItemPlace[]) =>
  inputRows(
    "k",
    { project_id: "text", id: "text" },
    keys.map(({ projectId, id }) => ({ project_id: projectId, id })),
  )

/** Keys of versions as rows `k`. */
export const versionKeys = (keys: VersionPlace[]) =>
  inputRows(
    "k",
    { project_id: "text", id: "text", version: "int" },
    keys.map(({ projectId, id, version }) => ({ project_id: projectId, id, version })),
  )

/** The clips of these keys. */
export const listStoredClips = (db: Db, keys: ItemPlace[]) =>
  kyselyOf(db)
    .selectFrom(itemKeys(keys))
    .innerJoin("clips as r", (join) => join.onRef("r.project_id", "=", "k.project_id").onRef("r.id", "=", "k.id"))
    .select(clipFields)
    .execute()

export const insertClips = (tx: Db, data: Prisma.ClipCreateManyInput[]) => tx.clip.createMany({ data })

const versionFields = [
  ...(["r.project_id as projectId", "r.clip_id as id", "r.version", "r.name", "r.code", "r.metadata"] as const),
  ...(["r.session_id as sessionId", "r.message_index as messageIndex", "r.created_at as createdAt"] as const),
] as const

/** Reads the next versions of clips by their keys. */
export function readClipVersions(db: Db, after: VersionPlace | undefined, limit: number) {
  const from = kyselyOf(db)
    .selectFrom("clip_versions as r")
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple("r.project_id", "r.clip_id", "r.version"),
        ">",
        tuple(after?.projectId ?? "", after?.id ?? "", after?.version ?? 0),
      ),
    )
    .orderBy("r.project_id")
    .orderBy("r.clip_id")
    .orderBy("r.version")
  return readFitting(limit, {
    sizes: (most, bytesOf) =>
      from
        .select(({ ref }) => bytesOf(ref("r.code"), ref("r.metadata")).as("bytes"))
        .limit(most)
        .execute(),
    rows: (most) => from.select(versionFields).limit(most).execute(),
  })
}

/** The versions of these keys. */
export const listStoredClipVersions = (db: Db, keys: VersionPlace[]) =>
  kyselyOf(db)
    .selectFrom(versionKeys(keys))
    .innerJoin("clip_versions as r", (join) =>
      join
        .onRef("r.project_id", "=", "k.project_id")
        .onRef("r.clip_id", "=", "k.id")
        .onRef("r.version", "=", "k.version"),
    )
    .select(versionFields)
    .execute()

export const insertClipVersions = (tx: Db, data: Prisma.ClipVersionCreateManyInput[]) =>
  tx.clipVersion.createMany({ data })

const fileFields = [
  ...(["r.project_id as projectId", "r.path", "r.content", "r.item_type as itemType", "r.item_id as itemId"] as const),
  ...(["r.broken_links as brokenLinks", "r.created_at as createdAt", "r.updated_at as updatedAt"] as const),
] as const

/** Reads the next kept files by their keys. */
export function readFiles(db: Db, after: FilePlace | undefined, limit: number) {
  const from = kyselyOf(db)
    .selectFrom("project_files as r")
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("r.project_id", "r.path"), ">", tuple(after?.projectId ?? "", after?.path ?? "")),
    )
    .orderBy("r.project_id")
    .orderBy("r.path")
  return readFitting(limit, {
    sizes: (most) =>
      from
        .select(({ ref }) => sql<number>`octet_length(${ref("r.content")})`.as("bytes"))
        .limit(most)
        .execute(),
    rows: (most) => from.select(fileFields).limit(most).execute(),
  })
}

/** The kept files of these paths. */
export const listStoredFiles = (db: Db, keys: FilePlace[]) =>
  kyselyOf(db)
    .selectFrom(
      inputRows(
        "k",
        { project_id: "text", path: "text" },
        keys.map(({ projectId, path }) => ({ project_id: projectId, path })),
      ),
    )
    .innerJoin("project_files as r", (join) =>
      join.onRef("r.project_id", "=", "k.project_id").onRef("r.path", "=", "k.path"),
    )
    .select(fileFields)
    .execute()

/** Where the files of these items are kept. */
export const listFilesOfItems = (db: Db, items: { projectId: string; type: string; id: string }[]) =>
  kyselyOf(db)
    .selectFrom(
      inputRows(
        "k",
        { project_id: "text", type: "text", id: "text" },
        items.map(({ projectId, type, id }) => ({ project_id: projectId, type, id })),
      ),
    )
    .innerJoin("project_files as r", (join) =>
      join
        .onRef("r.project_id", "=", "k.project_id")
        .onRef("r.item_type", "=", "k.type")
        .onRef("r.item_id", "=", "k.id"),
    )
    .select(["r.project_id as projectId", "r.item_type as itemType", "r.item_id as itemId"])
    .execute()

export const insertFiles = (tx: Db, data: Prisma.ProjectFileCreateManyInput[]) => tx.projectFile.createMany({ data })
