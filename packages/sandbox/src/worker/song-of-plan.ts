import type { Song } from "@strudel-agent/strudel/evaluate-song"
import type { Plan, Source } from "../protocol.ts"

/** A plan as the engine knows songs: the clips of one section together, or those of several one after the other. */
export function songOf(sources: Source[], plan: Plan | null): Song {
  const codes = new Map(sources.map(({ key, code }) => [key, code]))
  const sections = plan?.sections ?? []
  const cps = sections.find((section) => section.cps !== null)?.cps
  const tempo = typeof cps === "number" ? { cps } : {}
  if (sections.length <= 1) {
    const heard = sections[0] ? new Map(sections[0].clips.map(({ key, tempo: kind }) => [key, kind === "match"])) : null
    const parts = sources.map(({ key, code }) => ({
      id: key,
      code,
      silent: heard !== null && !heard.has(key),
      follows: heard?.get(key) ?? false,
    }))
    // What is not heard runs first: it may register what the others call.
    const clips = [...parts.filter(({ silent }) => silent), ...parts.filter(({ silent }) => !silent)]
    return { clips, order: "stack", ...tempo }
  }
  const clips = sections.flatMap(({ cycles, clips: parts }) =>
    parts.map(({ key, tempo: kind }) => ({
      id: key,
      code: codes.get(key) ?? "silence",
      cycles,
      follows: kind === "match",
    })),
  )
  return { clips, order: "arrange", ...tempo }
}
