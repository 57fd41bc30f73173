import type { StoredAnalysis } from "@strudel-agent/database/queries/clip-analysis"
import type { Analyser, Described } from "@strudel-agent/strudel/analyser"
import type { Problem } from "@strudel-agent/strudel/result"

/** Cycles that are listened to: as many as it takes to hear something, or the last. */
const spans = [4, 8, 16]
const enoughEvents = 8
/** Events of one clip that are taken in. */
const mostEvents = 5_000
const most = { message: 1_000, sounds: 64, samples: 32, name: 200 }

/** A text that PostgreSQL takes, of other people's making: no NUL, no half characters, no end of it. */
const kept = (text: string, length: number): string => text.slice(0, length).replaceAll("\0", "\uFFFD").toWellFormed()

export const failed = ({ message, ...problem }: Problem): StoredAnalysis => ({
  state: "fails",
  problem: { ...problem, message: kept(message, most.message) },
  ...{ cps: null, events: null, cycles: null, sounds: [], samples: [], picture: null },
})

type DescribedMusic = Extract<Described, { ok: true }>

/** Listens to a clip's code for 4 cycles, or up to 16 where little happens. Rejects as the analyser does. */
export async function hearClip(analyser: Analyser, code: string): Promise<StoredAnalysis> {
  for (const cycles of spans) {
    const answer = await analyser.describe(code, { cycles, haps: mostEvents })
    if (!answer.ok) return failed(answer.error)
    // Of code with more events than are taken in, the first cycle.
    if (answer.cut) return hearFor(analyser, code, 1)
    const enough = answer.events >= enoughEvents || answer.definitionsOnly
    if (enough || cycles === spans.at(-1)) return stored(answer)
    // An empty clip mostly stays so: the longest span tells.
    if (answer.events === 0) return hearFor(analyser, code, spans.at(-1) ?? cycles)
  }
  throw new Error("there is a last span")
}

async function hearFor(analyser: Analyser, code: string, cycles: number): Promise<StoredAnalysis> {
  const answer = await analyser.describe(code, { cycles, haps: mostEvents })
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
    sounds: sounds.slice(0, most.sounds).map(({ name }) => kept(name, most.name)),
    samples: sources.slice(0, most.samples).map((source) => kept(source, most.name)),
    picture: picture && { ...picture, sounds: picture.sounds.map((name) => kept(name, most.name)) },
  }
}
