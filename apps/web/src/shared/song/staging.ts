import { isRecord } from "@strudel-agent/contract/is-record"
import { readStored, writeStored } from "#shared/browser/stored-text.ts"

/** How a song is played; kept in this browser. */
export interface SongStaging {
  /** One section after the other, or all clips at once. */
  order: "arrange" | "stack"
  /** One tempo for all of it, or each section at the tempo of its own clips. */
  tempo: "match" | "switch"
  loop: boolean
}

export const usualStaging: SongStaging = { order: "arrange", tempo: "match", loop: false }

const keyOf = (projectId: string, songId: string): string => `staging ${projectId}/${songId}`

/** How this browser plays a song: as it was last chosen. */
export function readStaging(projectId: string, songId: string): SongStaging {
  try {
    const stored: unknown = JSON.parse(readStored(keyOf(projectId, songId)) ?? "null")
    if (!isRecord(stored)) return usualStaging
    return {
      order: stored.order === "stack" ? "stack" : "arrange",
      tempo: stored.tempo === "switch" ? "switch" : "match",
      loop: stored.loop === true,
    }
  } catch {
    return usualStaging
  }
}

export const writeStaging = (projectId: string, songId: string, staging: SongStaging): void =>
  writeStored(keyOf(projectId, songId), JSON.stringify(staging))
