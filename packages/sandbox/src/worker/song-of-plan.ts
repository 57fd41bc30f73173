import type { Song } from "@strudel-agent/strudel/evaluate-song"
import type { Plan, Source } from "../protocol.ts"

/** A plan as the engine knows songs: the clips of one section together, or those of several one after the other. */
export function songOf(sources: Source[], plan: Plan | null): Song {
  const codes = new Map(sources.map(({ key, code }) => [key, code]))
  const sections = plan?.sections ?? []
  const cps = sections.find((section) => section.cps !== null)?.cps
  const tempo = typeof cps === "number" ? { cps } : {}
  if (sections.length <= 1) {
    const keys = sections[0]?.clips.map(({ key }) => key) ?? sources.map(({ key }) => key)
    const silent = sources.filter(({ key }) => !keys.includes(key))
    const clips = [...silent, ...sources.filter(({ key }) => keys.includes(key))]
    return { clips: clips.map(({ key, code }) => ({ id: key, code })), order: "stack", ...tempo }
  }
  const clips = sections.flatMap(({ cycles, clips: parts }) =>
    parts.map(({ key }) => ({ id: key, code: codes.get(key) ?? "silence", cycles })),
  )
  return { clips, order: "arrange", ...tempo }
}
