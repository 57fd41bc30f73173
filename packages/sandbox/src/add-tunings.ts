import { mentionsTunings, type Tunings, tuningsIn } from "@strudel-agent/strudel/tunings"
import { TuningsArchive } from "@strudel-agent/strudel/tunings-archive"
import type { Source } from "./protocol.ts"

export type FetchTunings = () => Promise<Tunings>

/** The archive of scales from the page's own origin. */
export async function fetchTuningsFromServer(): Promise<Tunings> {
  const response = await fetch("/tunings.json", { credentials: "same-origin" })
  if (!response.ok) throw new Error(`The scales were answered with ${response.status}`)
  return TuningsArchive.parse(await response.json())
}

/**
 * Gives sources the scales that they name; `fetchTunings` is asked once, when a source first asks for any. Where they
 * cannot be had, the clip is told that there is no such scale.
 */
export function createTuner(fetchTunings: FetchTunings): (sources: Source[]) => Promise<Source[]> {
  let archive: Promise<Tunings> | undefined
  return async (sources) => {
    if (!sources.some(({ code }) => mentionsTunings(code))) return sources
    archive ??= fetchTunings()
    try {
      const known = await archive
      return sources.map((source) =>
        mentionsTunings(source.code) ? { ...source, tunings: tuningsIn(source.code, known) } : source,
      )
    } catch {
      archive = undefined
      return sources
    }
  }
}
