import type { Noise, NoiseShape } from "@strudel-agent/sandbox/noise-maker"
import { mulberry32 } from "@strudel-agent/strudel/seeded-random"

/** Makes noise that fades, the same for the same shape, whenever it is asked for. */
export class NoiseMaker {
  async make({ frames, decay, fade }: NoiseShape): Promise<Noise> {
    return [1, 2].map((seed) => {
      const random = mulberry32(seed)
      const channel = new Float32Array(frames)
      let gain = 1
      for (let frame = 0; frame < frames; frame++, gain *= decay) {
        channel[frame] = (random() * 2 - 1) * gain * Math.min(1, frame / Math.max(1, fade))
      }
      return channel
    })
  }
}
