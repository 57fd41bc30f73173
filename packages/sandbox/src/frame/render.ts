import type { Command, Event, Limit, Reply } from "../protocol.ts"
import { SandboxFailed } from "../sandbox-failed.ts"
import { encodeWav } from "../wav.ts"
import { ClipGone, type Hap } from "./answers.ts"
import type { ClipOutput } from "./clip-output.ts"
import { type ClipSet, openClipSet } from "./clip-set.ts"
import { ended, longestRinging } from "./ending.ts"
import { openMixer } from "./loudspeakers.ts"
import type { Mixer } from "./mixer.ts"
import { timedOut } from "./problems.ts"
import type { SampleFiles } from "./sample-files.ts"
import type { Sounds } from "./sounds.ts"
import { cpsOfSection, nextSlice, type Slice, spanOf, startOf } from "./timeline.ts"
import { stretching, voice } from "./voices.ts"
import type { WorkerPool } from "./worker-pool.ts"

type Render = Extract<Command, { type: "render" }>

/** Seconds that are planned at once; so long the loudspeakers wait for what comes next. */
const chunk = 0.25
/** Frames that the audio context computes at once. */
const quantum = 128
/** The longest piece, in seconds: ten minutes of it take 212 MB. */
const longest = 1_800
/** Milliseconds that samples and rooms are waited for. */
const patience = 20_000

export interface RendererOptions {
  pool: WorkerPool
  sounds: Sounds
  files: SampleFiles
  emit(event: Event): void
}

interface Part {
  key: string
  haps: Hap[]
  span: ReturnType<typeof spanOf>
  time: number
}

/** Computes the sound of a plan as a WAV file; a frame in which this was done does not play any more. */
export function openRenderer(options: RendererOptions) {
  const cancelled = new Set<number>()

  async function render(command: Render): Promise<Reply["result"]> {
    const { pool, sounds } = options
    const { clipSet, loaded } = await openClipSet(command.sources, new Map(), { pool, sounds })
    try {
      const failed = loaded.find(({ problem }) => problem !== null)
      if (failed) throw new SandboxFailed("refused", `${failed.key}: ${failed.problem?.message}`)
      return await compute(command, clipSet)
    } catch (error) {
      if (!(error instanceof ClipGone) || error.ask.type !== "events") throw error
      const { name } = error.ask
      const code = command.sources.find(({ key }) => key === name)?.code ?? ""
      const { message } = await timedOut(pool, code, error.ask)
      throw new SandboxFailed("refused", `${name}: ${message}`)
    } finally {
      clipSet.end()
      cancelled.delete(command.id)
    }
  }

  async function compute(command: Render, clipSet: ClipSet): Promise<Reply["result"]> {
    const { sampleRate, ending, id } = command
    const slices = slicesOf(command, clipSet)
    const played = (slices.at(-1)?.to.time ?? stretching) - stretching
    const seconds = played + longestRinging
    if (seconds > longest) throw new SandboxFailed("refused", `It is longer than ${longest / 60} minutes`)
    const parts = await askAll(slices, clipSet, command)
    const ahead = Math.round(stretching * sampleRate)
    const context = new OfflineAudioContext(2, ahead + Math.max(1, Math.ceil(seconds * sampleRate)), sampleRate)
    const report = (limit: Limit) => options.emit({ type: "limited", limit })
    const mixer = await openMixer(context, report)
    mixer.set(command.mix)
    options.sounds.context = context
    options.sounds.waits = true
    await fetchSamples(parts, clipSet)
    const stage: Stage = { mixer, group: mixer.openGroup(), outputs: new Map() }
    const queue = [...parts]
    const planUntil = async (time: number) => {
      if (cancelled.has(id)) throw new SandboxFailed("overtaken", "It was cancelled")
      while (queue[0] && queue[0].time < time) {
        const part = queue.shift()
        if (part) await perform(part, clipSet, stage)
      }
      // The first events would go without an echo that is not there yet.
      await within(patience, mixer.impulses.settled())
      options.emit({ type: "progress", command: id, part: Math.min(1, time / Math.max(seconds, chunk)) })
    }
    await planUntil(chunk)
    const buffer = await renderInChunks(context, planUntil)
    const channels = [0, 1].map((channel) => buffer.getChannelData(channel))
    const cycles = Math.max(1, Math.round(played * sampleRate))
    const heard = ended(channels, ending, { ahead, cycles, sampleRate })
    const wav = encodeWav(heard, sampleRate)
    return { kind: "rendered", wav, seconds: (heard[0]?.length ?? 0) / sampleRate }
  }

  async function perform({ key, haps, span, time }: Part, clipSet: ClipSet, { mixer, group, outputs }: Stage) {
    const output = outputs.get(key) ?? mixer.openChannel(key, group)
    outputs.set(key, output)
    const about = { output, own: clipSet.own, time, ...span, heardAt: () => 0, isWanted: () => true }
    await voice(haps, options.sounds, about)
  }

  /** Twice: only when the maps are there, it is known which files are wanted. */
  async function fetchSamples(parts: Part[], clipSet: ClipSet) {
    await within(patience, clipSet.listened)
    for (let pass = 0; pass < 3; pass++) {
      for (const { value } of parts.flatMap(({ haps }) => haps)) options.sounds.prepare(value, clipSet.own)
      await within(patience, options.sounds.settled())
    }
  }

  return { render, cancel: (command: number) => void cancelled.add(command) }
}

interface Stage {
  mixer: Mixer
  group: GainNode
  outputs: Map<string, ClipOutput>
}

function slicesOf({ plan, cycles, factor }: Render, clipSet: ClipSet): Slice[] {
  const { clips } = clipSet
  const tempo = { factor, ofSection: (section: Slice["section"]) => cpsOfSection(section, clips) }
  const slices: Slice[] = []
  // What is stretched begins a little before its time; that much of the beginning is cut off in the end.
  let cursor = startOf(stretching)
  // A very slow tempo would have millions of them before it is found too long.
  while (cursor.cycle < cycles && cursor.time <= longest) {
    const slice = nextSlice(plan, tempo, { from: cursor, time: cursor.time + chunk, cycle: cycles })
    if (!slice || slice.to.time <= slice.from.time) break
    slices.push(slice)
    cursor = slice.to
  }
  return slices
}

async function askAll(slices: Slice[], clipSet: ClipSet, { plan }: Render): Promise<Part[]> {
  const parts: Part[] = []
  for (const slice of slices) {
    for (const { key, tempo } of slice.section.clips) {
      const clip = clipSet.clips.get(key)
      if (!clip) continue
      const span = spanOf(slice, { tempo, cps: clip.cps }, plan.align)
      const haps = await clipSet.events(key, { begin: span.begin, end: span.end, cps: span.rate })
      if (!Array.isArray(haps)) throw new SandboxFailed("refused", `${key}: ${haps.problem.message}`)
      parts.push({ key, haps, span, time: slice.from.time })
    }
  }
  return parts
}

/** Stops every quarter of a second for what comes next to be planned, as a live player does. */
function renderInChunks(
  context: OfflineAudioContext,
  planUntil: (time: number) => Promise<void>,
): Promise<AudioBuffer> {
  return new Promise((resolve, reject) => {
    const end = context.length / context.sampleRate
    const stopAt = (index: number) => {
      const frames = Math.ceil((index * chunk * context.sampleRate) / quantum) * quantum
      const time = frames / context.sampleRate
      if (time >= end) return
      const go = async () => {
        await planUntil((index + 2) * chunk)
        stopAt(index + 1)
        await context.resume()
      }
      context.suspend(time).then(go).catch(reject)
    }
    planUntil(2 * chunk)
      .then(() => {
        stopAt(1)
        return context.startRendering().then(resolve)
      })
      .catch(reject)
  })
}

const within = (milliseconds: number, work: Promise<unknown>) =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, milliseconds))])
