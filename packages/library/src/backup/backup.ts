import type { BackupCounts, BackupKind, BackupRecord, Restored } from "@strudel-agent/contract/backup"
import type { Db } from "@strudel-agent/database/client"
import { countRows } from "@strudel-agent/database/queries/backup/views"
import { clips, clipVersions, files, projects } from "./items.ts"
import { messages } from "./messages.ts"
import type { PageOf, Parts, RecordPage } from "./part.ts"
import { runChanges, runs } from "./runs.ts"
import { sequenceParts } from "./sequences.ts"
import { memoryFiles, sessions, views } from "./sessions.ts"

const songs = sequenceParts("song")
const playlists = sequenceParts("playlist")

const parts: Parts = {
  view: views,
  project: projects,
  clip: clips,
  clipVersion: clipVersions,
  song: songs.sequences,
  songVersion: songs.versions,
  playlist: playlists.sequences,
  playlistVersion: playlists.versions,
  file: files,
  session: sessions,
  memoryFile: memoryFiles,
  message: messages,
  run: runs,
  runChange: runChanges,
}

/** Counts what a backup of the library holds. */
export const countRecords = (db: Db): Promise<BackupCounts> => countRows(db)

/** Reads a page of records of one kind, in the order of their keys. */
export const readRecords = (db: Db, kind: BackupKind, page: PageOf): Promise<RecordPage> => parts[kind].read(db, page)

type Restoring<Kind extends BackupKind> = {
  [One in Kind]: { kind: One; records: BackupRecord<One>[]; dryRun: boolean }
}[Kind]

/**
 * Stores records of one kind with their times and versions, exactly once, all of the call or none: what is there is never
 * changed. Says what became of each, or would where it is a dry run.
 */
export const restoreRecords = <Kind extends BackupKind>(
  db: Db,
  { kind, records, dryRun }: Restoring<Kind>,
): Promise<Restored[]> => parts[kind].restore(db, records, dryRun)
