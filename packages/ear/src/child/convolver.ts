import type { WorkletScope } from "@strudel-agent/sandbox/loudspeakers"
import { Convolution } from "./convolution.ts"

interface Options {
  processorOptions: { response: Float32Array[] }
}

/** Registers the processor of convolvers. */
export function registerConvolver(scope: WorkletScope): void {
  const { AudioWorkletProcessor } = scope
  class ConvolverProcessor extends AudioWorkletProcessor {
    #convolution: Convolution

    constructor({ processorOptions: { response } }: Options) {
      super()
      const [left = new Float32Array(), right = left] = response
      this.#convolution = new Convolution(left, right)
    }

    process([input = []]: Float32Array[][], [output = []]: Float32Array[][]): boolean {
      const [left, right = left] = input
      const [leftOut, rightOut] = output
      if (!leftOut || !rightOut) return true
      const sounds = left && right && !(isSilent(left) && isSilent(right))
      this.#convolution.pass(sounds ? { left, right } : null, { left: leftOut, right: rightOut })
      return true
    }
  }

  scope.registerProcessor("convolver", ConvolverProcessor)
}

function isSilent(values: Float32Array): boolean {
  for (let frame = 0; frame < values.length; frame++) if (values[frame] !== 0) return false
  return true
}

/** A convolver that is fast with a response of many seconds; the response is taken as loud as it is. */
export const convolverOf = (Worklet: typeof AudioWorkletNode) =>
  class extends Worklet {
    constructor(context: BaseAudioContext, { buffer }: { buffer: AudioBuffer }) {
      const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) => buffer.getChannelData(index))
      super(context, "convolver", {
        channelCount: 2,
        channelCountMode: "clamped-max",
        outputChannelCount: [2],
        processorOptions: { response: channels },
      })
    }
  }
