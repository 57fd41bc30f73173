import type { BackupCounts, BackupKind } from "@strudel-agent/contract/backup"
import { count } from "@strudel-agent/importer/count"

const words: Record<BackupKind, [one: string, many?: string]> = {
  view: ["saved view"],
  project: ["project"],
  clip: ["clip"],
  clipVersion: ["version of clips", "versions of clips"],
  song: ["song"],
  songVersion: ["version of songs", "versions of songs"],
  playlist: ["playlist"],
  playlistVersion: ["version of playlists", "versions of playlists"],
  file: ["file"],
  session: ["session"],
  memoryFile: ["memory file"],
  message: ["message"],
  run: ["answer of the agent", "answers of the agent"],
  runChange: ["change by the agent", "changes by the agent"],
}

/** So many records of a kind. */
export function countOf(kind: BackupKind, number: number): string {
  const [one, many = `${one}s`] = words[kind]
  return count(number, one, many)
}

/** What a person counts a library by. */
export const shownKinds = ["project", "clip", "song", "playlist", "session", "message"] as const satisfies BackupKind[]

/** What a library or a backup holds, in words. */
export const inWords = (counts: BackupCounts): string =>
  shownKinds.map((kind) => countOf(kind, counts[kind])).join(", ")

export const totalOf = (counts: BackupCounts): number =>
  Object.values(counts).reduce((total, number) => total + number, 0)

export const sizeInWords = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`
