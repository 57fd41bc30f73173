import FFT from "fft.js"

/** Frames that come in at once. */
export const quantum = 128
/** Blocks in which parts of the response are convolved, each as late as its block is long: what comes later may be coarser. */
const blocks = [quantum, 512, 4_096, 32_768]
const longest = 32_768

/**
 * Convolves two channels with a response each, without delay, and fast for a response of many seconds: parts of it are
 * convolved in blocks of their own (Gardner, "Efficient Convolution without Input-Output Delay", 1995). Both channels
 * are the parts of complex numbers, so that one transform does for two.
 */
export class Convolution {
  #levels: Level[]
  #sum = new Ring(4 * longest)
  #time = 0
  #left = 0
  #length: number

  constructor(left: Float32Array, right: Float32Array) {
    this.#length = left.length + 2 * longest
    this.#levels = blocks.flatMap((block, index) => {
      const begin = index === 0 ? 0 : block
      const end = Math.min(left.length, blocks[index + 1] ?? left.length)
      if (begin >= end) return []
      return [new Level({ left: left.subarray(begin, end), right: right.subarray(begin, end), block, begin })]
    })
  }

  /** Takes 128 frames and writes as many; null is silence. */
  pass(input: Stereo | null, output: Stereo): void {
    if (input) this.#left = this.#length
    if (this.#left > 0) {
      for (const level of this.#levels) level.push(input, this.#time, this.#sum)
      this.#sum.take(this.#time, output)
      this.#left -= quantum
    } else for (const level of this.#levels) level.skip()
    this.#time += quantum
  }
}

export interface Stereo {
  left: Float32Array
  right: Float32Array
}

/** A part of the response, in blocks of one length: overlap-add, with a line of delayed spectra. */
class Level {
  #block: number
  #begin: number
  #fft: FFT
  /** The lower halves of the spectra of each channel's response; the upper mirror them. */
  #responses: Stereo[] = []
  #inputs: Stereo[]
  #turn = 0
  #filled = 0
  #frames: Float32Array
  #spectrum: Float32Array
  #left: Float32Array
  #right: Float32Array

  constructor({ left, right, block, begin }: Stereo & { block: number; begin: number }) {
    this.#block = block
    this.#begin = begin
    this.#fft = new FFT(2 * block)
    this.#frames = new Float32Array(4 * block)
    this.#spectrum = new Float32Array(4 * block)
    this.#left = new Float32Array(2 * block + 2)
    this.#right = new Float32Array(2 * block + 2)
    for (let from = 0; from < left.length; from += block) {
      this.#frames.fill(0)
      for (let frame = 0; frame < Math.min(block, left.length - from); frame++) {
        this.#frames[2 * frame] = left[from + frame] ?? 0
        this.#frames[2 * frame + 1] = right[from + frame] ?? 0
      }
      this.#responses.push(this.#transformed(this.#halves()))
    }
    this.#frames.fill(0)
    this.#inputs = this.#responses.map(() => this.#halves())
  }

  push(input: Stereo | null, time: number, sum: Ring): void {
    for (let frame = 0; frame < quantum; frame++) {
      const at = 2 * (this.#filled + frame)
      this.#frames[at] = input?.left[frame] ?? 0
      this.#frames[at + 1] = input?.right[frame] ?? 0
    }
    this.#filled += quantum
    if (this.#filled < this.#block) return
    this.#filled = 0
    this.#convolve()
    sum.add(time + quantum - this.#block + this.#begin, this.#frames.subarray(0))
    this.#frames.fill(0)
  }

  /** Takes silence where all is silent; blocks stay where they are. */
  skip(): void {
    this.#filled = (this.#filled + quantum) % this.#block
  }

  #halves = (): Stereo => ({
    left: new Float32Array(2 * this.#block + 2),
    right: new Float32Array(2 * this.#block + 2),
  })

  /** The sound of the block in the place of its frames. */
  #convolve() {
    const count = this.#inputs.length
    this.#turn = (this.#turn + 1) % count
    const newest = this.#inputs[this.#turn]
    if (newest) this.#transformed(newest)
    this.#left.fill(0)
    this.#right.fill(0)
    for (const [index, response] of this.#responses.entries()) {
      const input = this.#inputs[(this.#turn - index + count) % count]
      if (!input) continue
      multiplyAdd(this.#left, input.left, response.left)
      multiplyAdd(this.#right, input.right, response.right)
    }
    this.#joinHalves()
    this.#fft.inverseTransform(this.#frames, this.#spectrum)
  }

  /** Tells the spectra of two real channels apart, which were transformed as one complex. */
  #transformed(into: Stereo): Stereo {
    const size = 2 * this.#block
    const spectrum = this.#spectrum
    const { left, right } = into
    this.#fft.transform(spectrum, this.#frames)
    for (let bin = 0; bin <= this.#block; bin++) {
      const at = 2 * bin
      const mirror = 2 * ((size - bin) % size)
      const re = spectrum[at] ?? 0
      const im = spectrum[at + 1] ?? 0
      const reOfMirror = spectrum[mirror] ?? 0
      const imOfMirror = spectrum[mirror + 1] ?? 0
      left[at] = (re + reOfMirror) / 2
      left[at + 1] = (im - imOfMirror) / 2
      right[at] = (im + imOfMirror) / 2
      right[at + 1] = (reOfMirror - re) / 2
    }
    return into
  }

  #joinHalves() {
    const size = 2 * this.#block
    const spectrum = this.#spectrum
    const left = this.#left
    const right = this.#right
    for (let bin = 0; bin <= this.#block; bin++) {
      const at = 2 * bin
      const mirror = 2 * ((size - bin) % size)
      const re = left[at] ?? 0
      const im = left[at + 1] ?? 0
      const reOfRight = right[at] ?? 0
      const imOfRight = right[at + 1] ?? 0
      spectrum[mirror] = re + imOfRight
      spectrum[mirror + 1] = reOfRight - im
      spectrum[at] = re - imOfRight
      spectrum[at + 1] = im + reOfRight
    }
  }
}

/** Plain steps without a destructured pair: this is where the time of a long room goes. */
function multiplyAdd(product: Float32Array, input: Float32Array, response: Float32Array): void {
  for (let at = 0; at < product.length; at += 2) {
    const re = input[at] ?? 0
    const im = input[at + 1] ?? 0
    const reOf = response[at] ?? 0
    const imOf = response[at + 1] ?? 0
    product[at] = (product[at] ?? 0) + re * reOf - im * imOf
    product[at + 1] = (product[at + 1] ?? 0) + re * imOf + im * reOf
  }
}

/** Frames to come, by their time. */
class Ring {
  #left: Float32Array
  #right: Float32Array
  #mask: number

  constructor(length: number) {
    this.#left = new Float32Array(length)
    this.#right = new Float32Array(length)
    this.#mask = length - 1
  }

  /** Adds complex numbers, whose parts are the channels. */
  add(time: number, frames: Float32Array): void {
    for (let index = 0; 2 * index < frames.length; index++) {
      const at = (time + index) & this.#mask
      this.#left[at] = (this.#left[at] ?? 0) + (frames[2 * index] ?? 0)
      this.#right[at] = (this.#right[at] ?? 0) + (frames[2 * index + 1] ?? 0)
    }
  }

  /** Gives 128 frames, and forgets them. */
  take(time: number, { left, right }: Stereo): void {
    const at = time & this.#mask
    left.set(this.#left.subarray(at, at + quantum))
    right.set(this.#right.subarray(at, at + quantum))
    this.#left.fill(0, at, at + quantum)
    this.#right.fill(0, at, at + quantum)
  }
}
