import type { BackupRecord, Restored } from "@strudel-agent/contract/backup"
import type { Db } from "@strudel-agent/database/client"
import {
  insertClips,
  insertClipVersions,
  insertFiles,
  insertProjects,
  listFilesOfItems,
  listStoredClips,
  listStoredClipVersions,
  listStoredFiles,
  listStoredProjects,
  readClips,
  readClipVersions,
  readFiles,
  readProjects,
} from "@strudel-agent/database/queries/backup/library"
import { z } from "zod"
import { asObject } from "./metadata.ts"
import { iso, keyText, left, type Part, pagesOf, storing } from "./part.ts"

type Row<Read extends (...args: never[]) => Promise<{ rows: unknown[] }>> = Awaited<ReturnType<Read>>["rows"][number]

const project = ({ metadata, createdAt, updatedAt, ...row }: Row<typeof readProjects>): BackupRecord<"project"> => ({
  ...row,
  metadata: asObject(metadata),
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
})

export const projects: Part<BackupRecord<"project">> = {
  read: pagesOf({ place: z.object({ id: z.string() }), read: readProjects, toRecord: project }),
  restore: storing<BackupRecord<"project">>({
    keyOf: ({ id }) => id,
    listStored: async (tx, records) =>
      (
        await listStoredProjects(
          tx,
          records.map(({ id }) => id),
        )
      ).map(project),
    insert: insertProjects,
  }),
}

/** Refuses what belongs to a project that is not there. */
export async function withoutProject<Record extends { projectId: string }>(
  tx: Db,
  records: Record[],
  keyOf: (record: Record) => string,
): Promise<Map<string, Restored>> {
  const ids = [...new Set(records.map(({ projectId }) => projectId))]
  const there = new Set((await listStoredProjects(tx, ids)).map(({ id }) => id))
  const homeless = records.filter(({ projectId }) => !there.has(projectId))
  return new Map(homeless.map((record) => [keyOf(record), left("its project is not there")]))
}

export const itemPlace = z.object({ projectId: z.string(), id: z.string() })
export const filePlace = z.object({ projectId: z.string(), path: z.string() })
export const versionPlace = itemPlace.extend({ version: z.number().int() })

export const itemKey = ({ projectId, id }: { projectId: string; id: string }): string => keyText(projectId, id)
export const versionKey = (key: { projectId: string; id: string; version: number }): string =>
  keyText(key.projectId, key.id, key.version)

const clip = ({ metadata, createdAt, updatedAt, ...row }: Row<typeof readClips>): BackupRecord<"clip"> => ({
  ...row,
  metadata: asObject(metadata),
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
})

export const clips: Part<BackupRecord<"clip">> = {
  read: pagesOf({ place: itemPlace, read: readClips, toRecord: clip }),
  restore: storing<BackupRecord<"clip">>({
    keyOf: itemKey,
    listStored: async (tx, records) => (await listStoredClips(tx, records)).map(clip),
    refuse: async (tx, records, dryRun) => (dryRun ? new Map() : withoutProject(tx, records, itemKey)),
    insert: insertClips,
  }),
}

/**
 * Refuses versions that their item does not know of. An item of another history has all versions up to its own, so none
 * comes among them; one that is being restored lacks some.
 */
export function beyondItem<Version extends { projectId: string; id: string; version: number }>(
  versions: Version[],
  items: { projectId: string; id: string; version: number }[],
  dryRun: boolean,
): Map<string, Restored> {
  const current = new Map(items.map((item) => [itemKey(item), item.version]))
  const refused = versions.flatMap((version): [string, Restored][] => {
    const known = current.get(itemKey(version))
    if (known === undefined) return dryRun ? [] : [[versionKey(version), left("what it is a version of is not there")]]
    if (version.version <= known) return []
    return [[versionKey(version), { outcome: "kept", why: "the library has another history, which stays" }]]
  })
  return new Map(refused)
}

const clipVersion = ({ metadata, createdAt, ...row }: Row<typeof readClipVersions>): BackupRecord<"clipVersion"> => ({
  ...row,
  metadata: asObject(metadata),
  createdAt: iso(createdAt),
})

export const clipVersions: Part<BackupRecord<"clipVersion">> = {
  read: pagesOf({ place: versionPlace, read: readClipVersions, toRecord: clipVersion }),
  restore: storing<BackupRecord<"clipVersion">>({
    keyOf: versionKey,
    listStored: async (tx, records) => (await listStoredClipVersions(tx, records)).map(clipVersion),
    refuse: async (tx, records, dryRun) => beyondItem(records, await listStoredClips(tx, records), dryRun),
    insert: (tx, records) =>
      insertClipVersions(
        tx,
        records.map(({ id, ...rest }) => ({ ...rest, clipId: id })),
      ),
  }),
}

const file = ({ content, createdAt, updatedAt, ...row }: Row<typeof readFiles>): BackupRecord<"file"> => ({
  ...row,
  content: Buffer.from(content).toString("base64"),
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
})

const fileKey = ({ projectId, path }: { projectId: string; path: string }): string => keyText(projectId, path)

/** Refuses a file of an item of which there is another file, in the library or before it in the call. */
async function filedElsewhere(tx: Db, records: BackupRecord<"file">[]): Promise<Map<string, Restored>> {
  const items = records.flatMap(({ projectId, itemType, itemId }) =>
    itemType !== null && itemId !== null ? [{ projectId, type: itemType, id: itemId }] : [],
  )
  const taken = new Set(
    (await listFilesOfItems(tx, items)).map(({ projectId, itemType, itemId }) =>
      keyText(projectId, itemType ?? "", itemId ?? ""),
    ),
  )
  const refused = records.filter(({ projectId, itemType, itemId }) => {
    if (itemType === null || itemId === null) return false
    const key = keyText(projectId, itemType, itemId)
    if (taken.has(key)) return true
    taken.add(key)
    return false
  })
  const why = "the library has another file of its item, which stays"
  return new Map(refused.map((record) => [fileKey(record), { outcome: "kept", why }]))
}

export const files: Part<BackupRecord<"file">> = {
  read: pagesOf({ place: filePlace, read: readFiles, toRecord: file }),
  restore: storing<BackupRecord<"file">>({
    keyOf: fileKey,
    listStored: async (tx, records) => (await listStoredFiles(tx, records)).map(file),
    refuse: async (tx, records, dryRun) =>
      new Map([...(await filedElsewhere(tx, records)), ...(dryRun ? [] : await withoutProject(tx, records, fileKey))]),
    insert: (tx, records) =>
      insertFiles(
        tx,
        records.map(({ content, ...rest }) => ({ ...rest, content: new Uint8Array(Buffer.from(content, "base64")) })),
      ),
  }),
}
