import type { Tables } from "./generated/tables.ts"

/** Where the rows of a table lie once the database is spread over many machines. */
export type Placement =
  /** By the value of a column, beside the rows that another table, the first of its family, has under the same value. */
  | { kind: "distributed"; column: string; colocateWith: keyof Tables }
  /** All of them on each machine. */
  | { kind: "reference" }
  /** All of them on the machine that clients connect to. */
  | { kind: "local" }

const session = { kind: "distributed", column: "session_id", colocateWith: "sessions" } as const
const library = { kind: "distributed", column: "project_id", colocateWith: "clips" } as const
const local = { kind: "local" } as const

/**
 * Where the rows of each table lie: a session with its messages, memory files and runs, a project's clips, songs, playlists and
 * files beside each other. A table comes after those that it refers to.
 */
export const placements = {
  projects: { kind: "reference" },
  sessions: { kind: "distributed", column: "id", colocateWith: "sessions" },
  messages: session,
  memory_files: session,
  runs: session,
  run_events: session,
  run_changes: session,
  clips: library,
  clip_versions: library,
  songs: library,
  song_clips: library,
  song_versions: library,
  playlists: library,
  playlist_songs: library,
  playlist_versions: library,
  project_files: library,
  removals: local,
  saved_views: local,
} as const satisfies Record<keyof Tables, Placement>
