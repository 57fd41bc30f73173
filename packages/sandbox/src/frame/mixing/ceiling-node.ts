import { processorsRun } from "./processors.ts"

export interface CeilingNode {
  input: AudioNode
  output: AudioNode
  /** Takes it out of the graph. */
  end(): void
}

/**
 * Nodes that keep what passes them below a ceiling and within numbers. `onBroken` is called when something is no number,
 * at most four times a second.
 */
export function openCeiling(
  context: BaseAudioContext,
  { most, onBroken }: { most: number; onBroken: () => void },
): CeilingNode {
  const node = processorsRun() ? openProcessor(context, most) : null
  if (!node) return openCut(context, most)
  node.port.onmessage = onBroken
  const end = () => {
    node.disconnect()
    node.port.postMessage(null)
  }
  return { input: node, output: node, end }
}

function openProcessor(context: BaseAudioContext, most: number): AudioWorkletNode | null {
  try {
    return new AudioWorkletNode(context, "ceiling", {
      channelCount: 2,
      channelCountMode: "explicit",
      outputChannelCount: [2],
      processorOptions: { most },
    })
  } catch {
    // A browser in which their script did not load.
    return null
  }
}

/** Cuts off what is too loud, where processors do not run. */
function openCut(context: BaseAudioContext, most: number): CeilingNode {
  const input = new GainNode(context, { gain: 1 / most })
  const cut = new WaveShaperNode(context, { curve: new Float32Array([-1, 0, 1]) })
  const output = new GainNode(context, { gain: most })
  input.connect(cut).connect(output)
  const end = () => {
    for (const each of [input, cut, output]) each.disconnect()
  }
  return { input, output, end }
}
