import { limits } from "@strudel-agent/contract/limits"
import type { StoredAnalysis } from "@strudel-agent/database/queries/clip/analysis"
import { withNearestName } from "@strudel-agent/reference/unknown-name"
import type { Analyser, Described } from "@strudel-agent/strudel/analyser"
import type { Problem } from "@strudel-agent/strudel/result"

/** Cycles that are listened to: as many as it takes to hear something, or the last. */
const longest = 16
const spans = [4, 8, longest]
const enoughEvents = 8
/** Events of one clip that are taken in. */
const mostEvents = 5_000
const mostOfMessage = 1_000
const { heard } = limits

/** A text that PostgreSQL takes, of other people's making: no NUL, no half characters, no end of it. */
const kept = (text: string, length: number): string => text.slice(0, length).replaceAll("\0", "\uFFFD").toWellFormed()

const nothing = { cps: null, events: null, cycles: null, sounds: [], samples: [], picture: null }

/** Of code that takes longer than it is listened to: it may well play where more time or a faster engine is. */
export const slow: StoredAnalysis = { state: "slow", problem: null, ...nothing }

function failed(problem: Problem): StoredAnalysis {
  if (problem.stage === "timeout") return slow
  const message = kept(withNearestName(problem).message, mostOfMessage)
  return { state: "fails", problem: { ...problem, message }, ...nothing }
}

type DescribedMusic = Extract<Described, { ok: true }>

/**
 * Listens to a clip's code for 4 cycles, or up to 16 where little happens and that does not take too long. Rejects as the
 * analyser does.
 */
export async function hearClip(analyser: Analyser, code: string): Promise<StoredAnalysis> {
  let found = slow
  let cycles: number | undefined = spans[0]
  while (cycles !== undefined) {
    const answer: Described = await analyser.describe(code, { cycles, haps: mostEvents })
    if (!answer.ok) return answer.error.stage === "timeout" ? found : failed(answer.error)
    // Of code with more events than are taken in, the first cycle.
    if (answer.cut) return hearOneCycle(analyser, code)
    found = stored(answer)
    if (answer.events >= enoughEvents || answer.definitionsOnly) break
    // An empty clip mostly stays so: the longest span tells.
    cycles = answer.events === 0 && cycles !== longest ? longest : spans.find((span) => span > answer.cycles)
  }
  return found
}

async function hearOneCycle(analyser: Analyser, code: string): Promise<StoredAnalysis> {
  const answer = await analyser.describe(code, { cycles: 1, haps: mostEvents })
  return answer.ok ? stored(answer) : failed(answer.error)
}

function stored({ definitionsOnly, samples, tempo, events, cycles, sounds, picture }: DescribedMusic): StoredAnalysis {
  const sources = samples.flatMap(({ source, base }) => source ?? base ?? [])
  return {
    state: definitionsOnly ? "definitions" : picture ? "plays" : "silent",
    problem: null,
    cps: tempo.cps,
    events,
    cycles,
    sounds: sounds.slice(0, heard.sounds).map(({ name }) => kept(name, heard.name)),
    samples: sources.slice(0, heard.samples).map((source) => kept(source, heard.name)),
    picture: picture && { ...picture, sounds: picture.sounds.map((name) => kept(name, heard.name)) },
  }
}
