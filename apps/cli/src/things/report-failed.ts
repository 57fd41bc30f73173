import type { Reason } from "@strudel-agent/contract/reason"
import { Refusal } from "../failure.ts"
import type { Run } from "../run.ts"

interface Failed {
  reason: Reason
  names?: string[] | undefined
}

const words: Partial<Record<Reason, string>> = {
  CLIP_NOT_FOUND: "there is no such clip",
  CLIP_IN_USE: "songs use it",
  CLIP_CHANGED: "it was changed meanwhile",
  CLIP_METADATA_FULL: "its metadata have no room for more",
  SONG_NOT_FOUND: "there is no such song",
  SONG_IN_USE: "playlists use it",
  SONG_CHANGED: "it was changed meanwhile",
  PLAYLIST_NOT_FOUND: "there is no such playlist",
  PLAYLIST_CHANGED: "it was changed meanwhile",
  SESSION_NOT_FOUND: "there is no session of this id",
  SESSION_CHANGED: "it has other messages by now",
  SESSION_METADATA_FULL: "its metadata have no room for more",
}

/** Tells what a call that changes many left as it was, each by its name; the first one decides the exit code. */
export function reportFailed<T extends Failed>(run: Run, failed: T[], nameOf: (one: T) => string): void {
  const [first] = failed
  if (!first) return
  const lines = failed.map((one) => {
    const named = one.names?.length ? ` (${one.names.join(", ")})` : ""
    return `${nameOf(one)}: ${words[one.reason] ?? one.reason}${named}.`
  })
  run.exitCode = run.fail(new Refusal(first.reason, lines.join("\n")))
}
