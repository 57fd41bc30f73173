import type { Command, Event, Limit, Reply } from "../protocol.ts"
import { SandboxFailed } from "../sandbox-failed.ts"
import { encodeWav } from "../wav.ts"
import { ClipGone } from "./clips/answers.ts"
import { type ClipSet, openClipSet } from "./clips/clip-set.ts"
import { timedOut } from "./clips/problems.ts"
import type { WorkerPool } from "./clips/worker-pool.ts"
import { chunk, compute, type Part } from "./compute.ts"
import { ended, longestRinging } from "./ending.ts"
import type { Sounds } from "./sounds/sounds.ts"
import { cpsOfSection, nextSlice, type Slice, spanOf, startOf } from "./timeline.ts"
import { stretching } from "./voices.ts"

type Render = Extract<Command, { type: "render" }>

/** The longest piece, in seconds: ten minutes of it take 212 MB. */
const longest = 1_800

export interface RendererOptions {
  pool: WorkerPool
  sounds: Sounds
  emit(event: Event): void
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
      return await computeWav(command, clipSet)
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

  async function computeWav(command: Render, clipSet: ClipSet): Promise<Reply["result"]> {
    const { sampleRate, ending, id, mix } = command
    const slices = slicesOf(command, clipSet)
    const played = (slices.at(-1)?.to.time ?? stretching) - stretching
    const seconds = played + longestRinging
    if (seconds > longest) throw new SandboxFailed("refused", `It is longer than ${longest / 60} minutes`)
    const parts = await askAll(slices, clipSet, command)
    const ahead = Math.round(stretching * sampleRate)
    const buffer = await compute({
      parts,
      sounds: options.sounds,
      own: () => clipSet.own,
      listened: clipSet.listened,
      frames: ahead + Math.max(1, Math.ceil(seconds * sampleRate)),
      sampleRate,
      mix,
      report: (limit: Limit) => options.emit({ type: "limited", limit }),
      onChunk(time) {
        if (cancelled.has(id)) throw new SandboxFailed("overtaken", "It was cancelled")
        options.emit({ type: "progress", command: id, part: Math.min(1, time / Math.max(seconds, chunk)) })
      },
    })
    const channels = [0, 1].map((channel) => buffer.getChannelData(channel))
    const cycles = Math.max(1, Math.round(played * sampleRate))
    const heard = ended(channels, ending, { ahead, cycles, sampleRate })
    const wav = encodeWav(heard, sampleRate)
    return { kind: "rendered", wav, seconds: (heard[0]?.length ?? 0) / sampleRate }
  }

  return { render, cancel: (command: number) => void cancelled.add(command) }
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
