import { fieldsOf, namesOf, reasonOf } from "@strudel-agent/client/reason"
import type { Reason } from "@strudel-agent/contract/reason"
import { nearestNames } from "@strudel-agent/reference/nearest"
import type { z } from "zod"
import { shortened, someInWords } from "./list-thing.ts"

/** A tool did not do what it was asked for; its message says what to change. */
export class ToolProblem extends Error {}

/** What is to be done about failures whose own words do not say it. */
const remedies: Partial<Record<Reason | "UNREACHABLE", string>> = {
  UNREACHABLE: "No server answers. Ask the person to start it (npm start) or to check STRUDEL_URL; then call again.",
  TOKEN_REQUIRED: "Ask the person to set STRUDEL_TOKEN, or the Authorization header, in the settings of this server.",
  PROJECT_NOT_FOUND: "List projects with `list` (kind: project) and use an id from there.",
  SESSION_NOT_FOUND: "List sessions with `list` (kind: session), or begin one with `begin_session`.",
  SESSION_TERMINATED: "This session is over: begin another one with `begin_session`.",
  CLIP_NOT_FOUND: "Find clips with `search` or `list` (kind: clip) and use a uri from there.",
  SONG_NOT_FOUND: "Find songs with `search` or `list` (kind: song) and use a uri from there.",
  PLAYLIST_NOT_FOUND: "Find playlists with `search` or `list` (kind: playlist) and use a uri from there.",
  CLIP_VERSION_NOT_FOUND: "Read the clip with `detail: true`, which lists its versions.",
  SONG_VERSION_NOT_FOUND: "Read the song with `detail: true`, which lists its versions.",
  PLAYLIST_VERSION_NOT_FOUND: "Read the playlist with `detail: true`, which lists its versions.",
  CLIP_IN_USE: "Take it out of these songs with `arrange_song` first.",
  SONG_IN_USE: "Take it out of these playlists with `arrange_playlist` first.",
  SESSION_CHANGED: "Read it again and go by what is there.",
  CLIP_CHANGED: "Read it again and change what is there.",
  SONG_CHANGED: "Read it again and change what is there.",
  PLAYLIST_CHANGED: "Read it again and change what is there.",
  ANALYSER_BUSY: "The server listens to other code: call again in a second.",
  SERVER_BUSY: "Call again in a second.",
  DATABASE_AWAY: "Call again in a few seconds.",
  DATABASE_TIMEOUT: "Call again in a few seconds.",
  STORAGE_FULL: "The disk is full: ask the person to make room.",
}

/** Things that are wrong, and names, of which one answer tells, and characters of what a caller wrote that it repeats. */
const most = { issues: 5, names: 20, characters: 80 }

/** Names of the contract's fields that tools call otherwise. */
const toolNames: Record<string, string> = { projectId: "project", clipIds: "clips", songIds: "songs", q: "query" }
const inToolWords = (path: string): string =>
  path.replace(
    /[A-Za-z]+/g,
    (name) => toolNames[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  )

/** What went wrong and what to change, in words; undefined for an error that is nobody's to mend. */
export function adviceOf(error: unknown): string | undefined {
  if (error instanceof ToolProblem) return error.message
  const reason = reasonOf(error)
  if (reason === undefined || !(error instanceof Error)) return undefined
  const remedy = remedies[reason]
  const fields = Object.entries(fieldsOf(error)).map(([path, problem]) => `${inToolWords(path)}: ${problem}`)
  const names = namesOf(error).filter((name) => !error.message.includes(name))
  const what =
    reason === "UNREACHABLE"
      ? []
      : fields.length > 0
        ? [`Not accepted: ${someInWords(fields, most.issues, "; ")}.`]
        : [error.message]
  return [
    ...what,
    ...(names.length > 0 ? [`In the way: ${someInWords(names, most.names)}.`] : []),
    ...(remedy ? [remedy] : []),
  ].join(" ")
}

function unknownKey(key: string, known: string[]): string {
  const [near] = nearestNames(key, known, 1)
  return `there is no "${shortened(key, most.characters)}"${near ? `: did you mean "${near}"?` : ""}`
}

function issueInWords({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${shortened(path.join("."), most.characters)}: ${message}`
}

/** Says of each field of a tool's input what is wrong with it. */
export function inputProblem(tool: string, { issues }: z.ZodError, known: string[]): ToolProblem {
  const words = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => () => unknownKey(key, known))
      : [() => issueInWords(issue)],
  )
  // A caller may send any number of keys: only of what is told are near names looked for.
  const first = words.slice(0, most.issues).map((say) => say())
  const more = words.length - first.length
  const all = [...first, ...(more > 0 ? [`and ${more} more`] : [])]
  return new ToolProblem(`${tool} does not take this: ${all.join("; ")}. It takes ${known.join(", ")}.`)
}
