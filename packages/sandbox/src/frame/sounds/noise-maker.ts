/** Noise of two channels: so many frames, by how much each is quieter than the one before, and frames of fading in. */
export interface NoiseShape {
  frames: number
  decay: number
  fade: number
}

export type Noise = Float32Array<ArrayBuffer>[]

/** Computed beside the thread that has events to hand over. */
const script = `onmessage = ({ data: { id, frames, decay, fade } }) => {
  const channels = [0, 1].map(() => {
    const channel = new Float32Array(frames)
    let gain = 1
    for (let frame = 0; frame < frames; frame++, gain *= decay) channel[frame] = (Math.random() * 2 - 1) * gain
    for (let frame = 0; frame < Math.min(fade, frames); frame++) channel[frame] *= frame / fade
    return channel
  })
  postMessage({ id, channels }, channels.map(({ buffer }) => buffer))
}`

/** Makes noise that fades, in a worker. */
export class NoiseMaker {
  #worker: Worker | null = null
  #asked = new Map<number, (noise: Noise) => void>()
  #count = 0

  make(shape: NoiseShape): Promise<Noise> {
    this.#worker ??= this.#open()
    const id = ++this.#count
    return new Promise((resolve) => {
      this.#asked.set(id, resolve)
      this.#worker?.postMessage({ id, ...shape })
    })
  }

  #open(): Worker {
    const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })))
    worker.onmessage = ({ data }: MessageEvent<{ id: number; channels: Noise }>) => {
      this.#asked.get(data.id)?.(data.channels)
      this.#asked.delete(data.id)
    }
    return worker
  }
}
