import {
  initAudio,
  registerSynthSounds,
  registerWorklet,
  registerZZFXSounds,
  setAudioContext,
  setLogger,
  setMaxPolyphony,
  setSuperdoughAudioController,
  type WorkletModule,
} from "superdough/index.mjs"
import { SandboxFailed } from "../../sandbox-failed.ts"
import { watchVoices } from "../limits/running-voices.ts"
import { hearLog } from "./left-out.ts"
import { Mixer, type ReportLimit } from "./mixer.ts"
import { standInForWorklets } from "./processors.ts"

export type { WorkletScope } from "superdough/index.mjs"

/** superdough ends the oldest voices of all clips where there are more: what is too much is left out of each clip before. */
const voices = 1_000_000
/** Seconds in which everything fades when it is stopped. */
export const fade = 0.03

/**
 * Makes the computed sounds known, which are there before anything plays; to be called once in a realm. `processors` is
 * the address of those that are not superdough's, or what registers them where they run in this very realm.
 */
export function registerSynths(processors: WorkletModule): void {
  standInForWorklets()
  registerWorklet(processors)
  watchVoices()
  registerSynthSounds()
  registerZZFXSounds()
}

/** Sets superdough up for one audio context; to be called once in a realm. */
export async function openMixer(context: BaseAudioContext, report: ReportLimit): Promise<Mixer> {
  setLogger(hearLog)
  setAudioContext(context)
  await initAudio()
  setMaxPolyphony(voices)
  const mixer = new Mixer(context, report)
  setSuperdoughAudioController(mixer)
  return mixer
}

/** The speakers of this machine, which a browser only gives after a click. */
export class Loudspeakers {
  #report: ReportLimit
  #opened: Promise<{ context: AudioContext; mixer: Mixer; meter: AnalyserNode }> | null = null

  constructor(report: ReportLimit) {
    this.#report = report
  }

  open() {
    this.#opened ??= this.#open().catch((error: unknown) => {
      this.#opened = null
      throw error
    })
    return this.#opened
  }

  async #open() {
    const context = new AudioContext({ latencyHint: "interactive" })
    const mixer = await openMixer(context, this.#report)
    const meter = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 })
    mixer.master.connect(meter)
    return { context, mixer, meter }
  }
}

/** Fades a group out, from a time of the audio clock on. */
export function fadeOut({ gain }: GainNode, from: number, seconds: number): void {
  gain.cancelScheduledValues(from)
  gain.setValueAtTime(1, from)
  gain.linearRampToValueAtTime(0, from + seconds)
}

/** The time of the audio clock that is heard at the moment. */
export const heardOf = ({ currentTime, outputLatency, baseLatency }: AudioContext): number =>
  currentTime - (outputLatency || baseLatency || 0)

/** Milliseconds since 1970 at which a time of the audio clock is heard. */
export function heardAt(context: AudioContext, time: number): number {
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp()
  const measured = contextTime > 0 && performanceTime > 0
  // The monotonic clock may stand still while a machine sleeps: only what has passed since is taken from it.
  const since = measured ? performance.now() - performanceTime : 0
  const heard = measured ? contextTime : heardOf(context)
  // Where sound has faltered, a browser may tell of a position that its clock has not come to yet.
  return Date.now() + Math.max((time - heard) * 1000 - since, (time - context.currentTime) * 1000)
}

/** Resolves when sound flows; a browser that waits for a click would leave this open. */
export async function woken(context: AudioContext): Promise<void> {
  await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 1_500))])
  if (context.state !== "running") throw new SandboxFailed("blocked")
}
