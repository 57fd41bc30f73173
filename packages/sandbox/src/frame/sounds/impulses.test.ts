import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Impulses, piecesOf } from "./impulses.ts"

const sampleRate = 1_000

/** As much of a browser's buffer as an echo needs. */
class Buffer {
  readonly sampleRate: number
  readonly length: number
  readonly numberOfChannels: number
  #channels: Float32Array[]

  constructor({ numberOfChannels, length, sampleRate }: AudioBufferOptions & { numberOfChannels: number }) {
    this.sampleRate = sampleRate
    this.length = length
    this.numberOfChannels = numberOfChannels
    this.#channels = Array.from({ length: numberOfChannels }, () => new Float32Array(length))
  }

  getChannelData = (channel: number) => this.#channels[channel] ?? new Float32Array()
  copyToChannel = (values: Float32Array, channel: number) => this.#channels[channel]?.set(values)
}

const context: BaseAudioContext = Object.assign(Object.create(null), {
  sampleRate,
  createBuffer: (numberOfChannels: number, length: number, rate: number) =>
    new Buffer({ numberOfChannels, length, sampleRate: rate }),
})

/** A buffer of a browser whose frames are counted through. */
function counted(length: number): AudioBuffer {
  const buffer = context.createBuffer(2, length, sampleRate)
  const frames = Float32Array.from({ length }, (_, frame) => frame + 1)
  for (const channel of [0, 1]) buffer.copyToChannel(frames, channel)
  return buffer
}

beforeEach(() => void vi.stubGlobal("AudioBuffer", Buffer))
afterEach(() => void vi.unstubAllGlobals())

describe("an echo in pieces", () => {
  it.each([1, 2_499, 2_500, 2_501, 11_000])("has all of its %d frames, one piece after the other", (length) => {
    const pieces = piecesOf(context, counted(length))
    let frames = 0
    for (const { buffer, offset } of pieces) {
      expect(offset).toBe(frames / sampleRate)
      expect(buffer.getChannelData(1)[0]).toBe(frames + 1)
      expect(buffer.length).toBeLessThanOrEqual(2_500)
      frames += buffer.length
    }
    expect(frames).toBe(length)
  })
})

describe("the echo of a sample", () => {
  const echoOf = async (duration: number, speed?: number, begin?: number) => {
    const echo = await new Impulses(context).get(duration, 0, 0, 0, counted(100), speed, begin)
    const values = [...echo.getChannelData(0)]
    // As loud as a convolver makes it, whatever the sample is: what is heard is the shape.
    const [first = 1] = values
    return values.map((value) => Math.round(value / first))
  }

  it("is no longer than the room", async () => {
    expect((await echoOf(0.003)).length).toBe(3)
    expect((await echoOf(10)).length).toBe(100)
  })

  it("is read from where it begins at its speed, and backwards below that", async () => {
    expect(await echoOf(0.004, 1)).toEqual([1, 2, 3, 4])
    expect(await echoOf(0.004, 2)).toEqual([1, 3, 5, 7])
    expect(await echoOf(0.003, -1)).toEqual([1, 100, 99])
    const later = await new Impulses(context).get(0.002, 0, 0, 0, counted(100), 1, 0.5)
    const [first = 0, second = 0] = later.getChannelData(0)
    expect(second / first).toBeCloseTo(52 / 51, 5)
  })
})
