import { type Ear, NotHeard } from "@strudel-agent/ear/ear"
import { mapsOf, mostOfJob } from "@strudel-agent/ear/job"
import type { MeasuredAudio } from "@strudel-agent/library/clip-audio"
import type { Analyser } from "@strudel-agent/strudel/analyser"

/** Seconds that are listened to: whole cycles up to these, and of a cycle that is longer, its beginning. */
const seconds = { usual: 12, most: 30 }
/** Characters of why a sound cannot be measured. */
const mostOfProblem = 200

/** Renders what a clip's code plays and measures it. Rejects as the analyser does, and with `EarUnavailable`. */
export async function measureClip(
  { analyser, ear }: { analyser: Analyser; ear: Ear },
  code: string,
): Promise<MeasuredAudio> {
  const first = await analyser.describe(code, { cycles: 1 })
  if (!first.ok) return { problem: "It does not play" }
  const { cps } = first.tempo
  const cycles = Math.max(1, Math.ceil(seconds.usual * cps))
  const answer = await analyser.analyse(code, { cycles, haps: mostOfJob.haps })
  if (!answer.ok) return { problem: "It does not play for as long as it is listened to" }
  const { haps, samples } = answer
  const layers = new Set(haps.map(({ lane, sound }) => lane ?? sound)).size > 1
  try {
    const audio = await ear.listen({
      haps,
      cps,
      cycles: Math.min(cycles, seconds.most * cps),
      maps: mapsOf(samples),
      layers,
    })
    return { audio }
  } catch (error) {
    if (error instanceof NotHeard) return { problem: error.message.slice(0, mostOfProblem) }
    throw error
  }
}
