import { reasonOf } from "@strudel-agent/client/reason"
import type { Reason } from "@strudel-agent/contract/reason"
import { ToolProblem } from "./advice.ts"

/** Missing parts that a refusal names. */
export const namedMissing = 10

const missing: ReadonlySet<unknown> = new Set<Reason>(["CLIP_NOT_FOUND", "SONG_NOT_FOUND", "PLAYLIST_NOT_FOUND"])

/** The item, or undefined where there is none; whatever else goes wrong is thrown. */
export async function orNothing<Found>(finding: Promise<Found>): Promise<Found | undefined> {
  try {
    return await finding
  } catch (error) {
    if (missing.has(reasonOf(error))) return undefined
    throw error
  }
}

export interface Arranged {
  kind: "song" | "playlist"
  expected: number | undefined
  stored: { version: number; body: string } | undefined
  /** The text that was to be stored. */
  text: string
}

/** Refuses a change of what is not as the caller has read it, with both texts. */
export function refuseStale({ kind, expected, stored, text }: Arranged): void {
  if (stored === undefined || stored.version === expected) return
  const why =
    expected === undefined
      ? `The ${kind} exists already, as version ${stored.version}: say expected_version: ${stored.version} to change it, or choose another id.`
      : `The ${kind} is at version ${stored.version}, not ${expected}: somebody changed it. Put both together and call again with expected_version: ${stored.version}.`
  throw new ToolProblem(
    [
      why,
      "",
      `--- what is stored (version ${stored.version}):`,
      stored.body,
      "",
      "--- yours, which is not stored:",
      text,
    ].join("\n"),
  )
}

/** A name as a link's text or a heading has it. */
export const inMarkdown = (name: string): string =>
  name
    .replace(/\s+/g, " ")
    .replace(/[\\[\]<>*_`#()]/g, "\\$&")
    .trim()
