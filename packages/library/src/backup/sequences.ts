import type { BackupRecord } from "@strudel-agent/contract/backup"
import type { Db } from "@strudel-agent/database/client"
import { type SequenceBackup, sequenceBackup } from "@strudel-agent/database/queries/backup/sequences"
import { beyondItem, itemKey, itemPlace, versionKey, versionPlace, withoutProject } from "./items.ts"
import { asObject } from "./metadata.ts"
import { iso, judging, type Part, pagesOf, storing } from "./part.ts"

type Sequence = BackupRecord<"song">
type Version = BackupRecord<"songVersion">
type Row = Awaited<ReturnType<SequenceBackup["listStored"]>>[number]
type VersionRow = Awaited<ReturnType<SequenceBackup["listStoredVersions"]>>[number]

const sequence = ({ metadata, createdAt, updatedAt, ...row }: Row): Sequence => ({
  ...row,
  metadata: asObject(metadata),
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
})

const versionOf = ({ metadata, createdAt, ...row }: VersionRow): Version => ({
  ...row,
  metadata: asObject(metadata),
  createdAt: iso(createdAt),
})

/** Of each sequence what it holds that is there, in order. */
async function presentParts(tx: Db, queries: SequenceBackup, records: Sequence[]) {
  const keys = records.flatMap(({ projectId, partIds }) => [...new Set(partIds)].map((id) => ({ projectId, id })))
  const unique = [...new Map(keys.map((key) => [itemKey(key), key])).values()]
  const there = new Set((await queries.listParts(tx, unique)).map(itemKey))
  return (record: Sequence) => record.partIds.filter((id) => there.has(itemKey({ projectId: record.projectId, id })))
}

/** The parts of a backup that hold the songs, or the playlists, and their versions. */
export function sequenceParts(kind: "song" | "playlist"): { sequences: Part<Sequence>; versions: Part<Version> } {
  const queries = sequenceBackup(kind)
  const store = storing<Sequence>({
    keyOf: itemKey,
    listStored: async (tx, records) => (await queries.listStored(tx, records)).map(sequence),
    refuse: async (tx, records, dryRun) => (dryRun ? new Map() : withoutProject(tx, records, itemKey)),
    async insert(tx, records) {
      const partsOf = await presentParts(tx, queries, records)
      await queries.insert(
        tx,
        records.map(({ partIds: _, ...rest }) => rest),
      )
      await queries.insertParts(
        tx,
        records.flatMap((record) =>
          partsOf(record).map((partId, position) => ({
            projectId: record.projectId,
            id: record.id,
            position,
            partId,
          })),
        ),
      )
    },
  })
  const without = kind === "song" ? "clips" : "songs"
  return {
    sequences: {
      read: pagesOf({ place: itemPlace, read: queries.read, toRecord: sequence }),
      restore: (db, records, dryRun) =>
        judging(db, async (tx) => {
          const outcomes = await store(tx, records, dryRun)
          if (dryRun) return outcomes
          const partsOf = await presentParts(tx, queries, records)
          return outcomes.map((restored, place) => {
            const record = records[place]
            if (restored.outcome !== "added" || !record) return restored
            const missing = record.partIds.length - partsOf(record).length
            return missing > 0
              ? { ...restored, why: `without ${missing} of its ${without}, which are not there` }
              : restored
          })
        }),
    },
    versions: {
      read: pagesOf({ place: versionPlace, read: queries.readVersions, toRecord: versionOf }),
      restore: storing({
        keyOf: versionKey,
        listStored: async (tx, records) => (await queries.listStoredVersions(tx, records)).map(versionOf),
        refuse: async (tx, records, dryRun) => beyondItem(records, await queries.listStored(tx, records), dryRun),
        insert: queries.insertVersions,
      }),
    },
  }
}
