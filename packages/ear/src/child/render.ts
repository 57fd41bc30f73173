import { chunk, compute, type Part } from "@strudel-agent/sandbox/compute"
import { registerSynths } from "@strudel-agent/sandbox/loudspeakers"
import { Network } from "@strudel-agent/sandbox/network"
import { SampleFiles } from "@strudel-agent/sandbox/sample-files"
import { type OwnSounds, Sounds } from "@strudel-agent/sandbox/sounds"
import type { Fetched, Job } from "../job.ts"
import type { Sound } from "../measure/sound.ts"
import { checkLimits } from "./limits.ts"
import { registerProcessors } from "./processors.ts"

const sampleRate = 44_100
/** Seconds by which what is stretched begins earlier; that much of the beginning is cut off. */
const ahead = 0.04

export interface Renderer {
  /** Computes the sound of events of the job, which are in the order of their beginning, or so many seconds of it. */
  render(haps: Job["haps"], most?: number): Promise<Sound>
  /** Sounds that something else was heard for, since their files are not here. */
  unheard(): Promise<string[]>
}

/** Renders what a job plays, with what `fetch` has; to be called once in a process, since superdough keeps its sounds there. */
export async function openRenderer(
  { cps, cycles, maps, haps: all }: Job,
  fetch: (url: string) => Promise<Fetched>,
): Promise<Renderer> {
  registerSynths(registerProcessors)
  const network = new Network(fetch)
  const files = new SampleFiles(network)
  const sounds = new Sounds({ network, files, emit: () => {} })
  const own: OwnSounds = await sounds.own(maps)
  const aheadFrames = Math.round(ahead * sampleRate)
  return {
    async render(haps, most = Number.POSITIVE_INFINITY) {
      const seconds = Math.min(most, cycles / cps)
      const buffer = await compute({
        parts: partsOf(haps, { cps, cycles: seconds * cps }),
        sounds,
        own: () => own,
        listened: Promise.resolve(),
        frames: aheadFrames + Math.ceil(seconds * sampleRate),
        sampleRate,
        mix: { volume: 1, gains: {} },
        report: () => {},
        onChunk: checkLimits,
      })
      const channel = (index: number) => buffer.getChannelData(index).subarray(aheadFrames)
      return { left: channel(0), right: channel(1), sampleRate }
    },
    async unheard() {
      const names = [...new Set(all.flatMap(({ sound }) => sound ?? []))]
      const states = await sounds.states(names, own)
      return states.filter(({ from }) => from === "replaced").map(({ name }) => name)
    },
  }
}

/** Events in the windows in which they are planned. */
function partsOf(haps: Job["haps"], { cps, cycles }: { cps: number; cycles: number }): Part[] {
  const step = chunk * cps
  const parts: Part[] = []
  let next = 0
  for (let index = 0; index * step < cycles; index++) {
    const [begin, end] = [index * step, Math.min(cycles, (index + 1) * step)]
    const from = next
    while ((haps[next]?.begin ?? Number.POSITIVE_INFINITY) < end) next++
    const played = haps.slice(from, next).map((hap) => ({ ...hap, locations: [], visuals: [] }))
    parts.push({ key: "clip", haps: played, span: { begin, end, rate: cps }, time: ahead + begin / cps })
  }
  return parts
}
