import type { Limit, Mix } from "../protocol.ts"
import type { Hap } from "./clips/answers.ts"
import type { ClipOutput } from "./limits/clip-output.ts"
import { openMixer } from "./mixing/loudspeakers.ts"
import type { Mixer } from "./mixing/mixer.ts"
import type { OwnSounds, Sounds } from "./sounds/sounds.ts"
import { voice } from "./voices.ts"

/** Seconds that are planned at once; so long the loudspeakers wait for what comes next. */
export const chunk = 0.25
/** Frames that the audio context computes at once. */
const quantum = 128
/** Milliseconds that samples and rooms are waited for. */
const timeout = 20_000

/** Events of one clip in a window of its cycles. */
export interface Part {
  key: string
  haps: Hap[]
  span: { begin: number; end: number; rate: number }
  /** Seconds at which the window begins. */
  time: number
}

export interface Computing {
  parts: Part[]
  sounds: Sounds
  /** What the clips bring along, which may still be read when computing begins. */
  own: () => OwnSounds
  listened: Promise<void>
  frames: number
  sampleRate: number
  mix: Mix
  report: (limit: Limit) => void
  /** Told before each chunk how many seconds are computed; where it throws, computing ends. */
  onChunk: (seconds: number) => void
}

/** Computes the sound of events, by an audio context that pauses for what comes next as a live player does. */
export async function compute(computing: Computing): Promise<AudioBuffer> {
  const { sounds, frames, sampleRate, parts } = computing
  const context = new OfflineAudioContext(2, frames, sampleRate)
  const mixer = await openMixer(context, computing.report)
  mixer.set(computing.mix)
  sounds.context = context
  sounds.waits = true
  await fetchSamples(computing)
  const stage: Stage = { mixer, group: mixer.openGroup(), outputs: new Map() }
  const queue = [...parts]
  const planUntil = async (time: number) => {
    computing.onChunk(time)
    while (queue[0] && queue[0].time < time) {
      const part = queue.shift()
      if (part) await perform(part, computing, stage)
    }
    // The first events would go without an echo that is not there yet.
    await within(timeout, mixer.impulses.settled())
  }
  await planUntil(chunk)
  return renderInChunks(context, planUntil)
}

interface Stage {
  mixer: Mixer
  group: GainNode
  outputs: Map<string, ClipOutput>
}

async function perform({ key, haps, span, time }: Part, { sounds, own }: Computing, { mixer, group, outputs }: Stage) {
  const output = outputs.get(key) ?? mixer.openChannel(key, group)
  outputs.set(key, output)
  await voice(haps, sounds, { output, own: own(), time, ...span, heardAt: () => 0, isWanted: () => true })
}

/** More than once: only when the maps are there, it is known which files are wanted. */
async function fetchSamples({ parts, sounds, own, listened }: Computing) {
  await within(timeout, listened)
  for (let pass = 0; pass < 3; pass++) {
    for (const { value } of parts.flatMap(({ haps }) => haps)) sounds.prepare(value, own())
    await within(timeout, sounds.settled())
  }
}

/** Stops every quarter of a second for what comes next to be planned; where it stops is said before it begins. */
async function renderInChunks(
  context: OfflineAudioContext,
  planUntil: (time: number) => Promise<void>,
): Promise<AudioBuffer> {
  await planUntil(2 * chunk)
  const end = context.length / context.sampleRate
  const stopped = new Promise<never>((_, reject) => {
    for (let index = 1; ; index++) {
      const frames = Math.ceil((index * chunk * context.sampleRate) / quantum) * quantum
      const time = frames / context.sampleRate
      if (time >= end) return
      const goOn = async () => {
        await planUntil((index + 2) * chunk)
        await context.resume()
      }
      context.suspend(time).then(goOn).catch(reject)
    }
  })
  return Promise.race([context.startRendering(), stopped])
}

const within = (milliseconds: number, work: Promise<unknown>) =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, milliseconds))])
