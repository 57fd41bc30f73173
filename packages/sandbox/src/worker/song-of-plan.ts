import type { Song } from "@strudel-agent/strudel/evaluate-song"
import type { Plan, Source } from "../protocol.ts"

/** A plan as the engine knows songs; without one all sources play at the same time. */
export function songOf(sources: Source[], plan: Plan | null): Song {
  const sections = plan?.sections ?? []
  const heard = new Map(sections.flatMap(({ clips }) => clips.map(({ key, tempo }) => [key, tempo === "match"])))
  const parts = sources.map(({ key, code }) => ({
    id: key,
    code,
    silent: plan !== null && !heard.has(key),
    follows: heard.get(key) ?? false,
  }))
  // What is not heard runs first: it may register what the others call.
  const clips = [...parts.filter(({ silent }) => silent), ...parts.filter(({ silent }) => !silent)]
  const cps = sections.find((section) => section.cps !== null)?.cps
  const tempo = typeof cps === "number" ? { cps } : {}
  if (sections.length <= 1) return { clips, order: "stack", ...tempo }
  const following = sections.map((section) => ({
    cycles: section.cycles,
    clips: section.clips.map(({ key }) => key),
  }))
  return { clips, order: "stack", sections: following, ...tempo }
}
