import { pieceLength } from "../limits/piece-length.ts"
import { NoiseMaker } from "./noise-maker.ts"

/** Seconds until it is 60 dB down, seconds of fading in, and the filter at the beginning and at the end in hertz; or a sample. */
export type RoomShape = [
  duration?: number,
  fade?: number,
  lp?: number,
  dim?: number,
  ir?: AudioBuffer,
  irspeed?: number,
  irbegin?: number,
]

/** A part of an echo, and the seconds after which it comes. */
export interface Impulse {
  buffer: AudioBuffer
  offset: number
}

/** How much longer than its own duration an echo is computed: 66 dB down, where superdough goes on to 90. */
const beyond = 1.1
/** How much longer superdough's is, by whose loudness it is measured. */
const superdoughBeyond = 1.5
/** Seconds of echoes that are remembered. */
const remembered = 60

/** The echoes of rooms: each is computed once, however many rooms have it. */
export class Impulses {
  #context: BaseAudioContext
  #noise = new NoiseMaker()
  #known = new Map<string, Promise<AudioBuffer>>()
  #seconds = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(context: BaseAudioContext) {
    this.#context = context
  }

  /** Sets rooms up one after the other. */
  work(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(work).catch(() => {})
  }

  /** Resolves when all rooms are set up. */
  async settled(): Promise<void> {
    await this.#turn
  }

  /** Lets events be handed over that are due, for longer where so many milliseconds of this thread were taken before. */
  pause(taken: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, Math.max(20, 2 * taken)))
  }

  /** The echo of a room, its whole length in one. */
  async get(
    ...[duration = 2, fade = 0.1, lp = 15_000, dim = 1000, ir, irspeed, irbegin]: RoomShape
  ): Promise<AudioBuffer> {
    if (ir) return ofSample(ir, { duration, speed: irspeed ?? 1, begin: irbegin ?? 0 })
    const name = [duration, fade, lp, dim].join(" ")
    const known = this.#known.get(name)
    if (known) return known
    this.#seconds += duration
    if (this.#seconds > remembered) {
      this.#known.clear()
      this.#seconds = duration
    }
    const made = this.#make({ duration, fade, lp, dim })
    this.#known.set(name, made)
    return made
  }

  async #make({ duration, fade, lp, dim }: { duration: number; fade: number; lp: number; dim: number }) {
    const { sampleRate } = this.#context
    const frames = Math.max(1, Math.round(duration * beyond * sampleRate))
    const channels = await this.#noise.make({
      frames,
      // 60 dB are a thousandth.
      decay: 0.001 ** (1 / Math.max(1, duration * sampleRate)),
      fade: Math.round(fade * sampleRate),
    })
    const dry = new AudioBuffer({ numberOfChannels: channels.length, length: frames, sampleRate })
    for (const [index, channel] of channels.entries()) dry.copyToChannel(channel, index)
    const buffer = lp === 0 ? dry : await filtered(dry, { lp, dim, duration })
    level(buffer, duration * superdoughBeyond * sampleRate)
    return buffer
  }
}

/** A sample that is played as an echo, as long as the room is; at less than its speed it is reversed, as superdough has it. */
function ofSample(
  sample: AudioBuffer,
  { duration, speed, begin }: { duration: number; speed: number; begin: number },
): AudioBuffer {
  const { numberOfChannels, sampleRate } = sample
  const length = Math.max(1, Math.min(sample.length, Math.round(duration * sampleRate)))
  const echo = new AudioBuffer({ numberOfChannels, length, sampleRate })
  const offset = Math.floor(begin * sample.length)
  for (let channel = 0; channel < numberOfChannels; channel++) {
    const values = sample.getChannelData(channel)
    const into = echo.getChannelData(channel)
    for (let frame = 0; frame < length; frame++) {
      const position = Math.trunc((offset + frame * Math.abs(speed)) % values.length)
      into[frame] = values.at(speed < 1 ? -position : position) ?? 0
    }
  }
  level(echo, sample.length)
  return echo
}

/** Through a filter that closes on the way, as far as it opens. */
function filtered(dry: AudioBuffer, { lp, dim, duration }: { lp: number; dim: number; duration: number }) {
  const { numberOfChannels, length, sampleRate } = dry
  const context = new OfflineAudioContext({ numberOfChannels, length, sampleRate })
  const source = new AudioBufferSourceNode(context, { buffer: dry })
  const filter = new BiquadFilterNode(context, { type: "lowpass", Q: 0.0001 })
  const highest = sampleRate / 2
  filter.frequency.setValueAtTime(Math.min(lp, highest), 0)
  filter.frequency.linearRampToValueAtTime(Math.min(dim, highest), duration)
  source.connect(filter).connect(context.destination)
  source.start()
  return context.startRendering()
}

/** As loud as a convolver makes it by itself (Web Audio API, 1.11), which knows no pieces. */
function level(buffer: AudioBuffer, frames: number): void {
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) => buffer.getChannelData(index))
  let power = 0
  for (const channel of channels) for (const value of channel) power += value * value
  const mean = Math.sqrt(power / (channels.length * frames))
  const scale = ((1 / Math.max(0.000125, mean)) * 0.00125 * 44_100) / buffer.sampleRate
  for (const channel of channels)
    for (let frame = 0; frame < channel.length; frame++) channel[frame] = (channel[frame] ?? 0) * scale
}

/** An echo in pieces that are heard one after the other. */
export function piecesOf(context: BaseAudioContext, whole: AudioBuffer): Impulse[] {
  const { sampleRate, length, numberOfChannels } = whole
  const step = Math.round(pieceLength * sampleRate)
  const pieces: Impulse[] = []
  for (let from = 0; from < length; from += step) {
    const until = Math.min(length, from + step)
    const buffer = context.createBuffer(numberOfChannels, until - from, sampleRate)
    for (let channel = 0; channel < numberOfChannels; channel++) {
      buffer.copyToChannel(whole.getChannelData(channel).subarray(from, until), channel)
    }
    pieces.push({ buffer, offset: from / sampleRate })
  }
  return pieces
}
