import { isShape, period, tablesFor } from "./waves.ts"

/** What the library's oscillator has beside what the standard says. */
interface Oscillator extends Omit<OscillatorNode, "frequency" | "detune"> {
  frequency: { _tick(): Float64Array }
  detune: { _tick(): Float64Array }
  _outBuf: AudioBuffer
  /** Where it is in its period, from 0 to 1. */
  place?: number
}
type Compute = (this: Oscillator, offset: number, count: number) => AudioBuffer

const hasCompute = (prototype: object): prototype is { _dsp: Compute } => "_dsp" in prototype

/**
 * Has oscillators sound as in a browser: with as many partials as there may be below half of the sample rate, and as
 * loud. The library's have 63, whatever their pitch, and are 1.4 dB louder.
 */
export function soundAsInBrowsers({ prototype }: { prototype: object }): void {
  if (!hasCompute(prototype)) throw new Error("The library's oscillators are others")
  const { _dsp: compute } = prototype
  prototype._dsp = function (offset, count) {
    return isShape(this.type) ? play(this, offset, count) : compute.call(this, offset, count)
  }
}

function play(oscillator: Oscillator, offset: number, count: number): AudioBuffer {
  const { type, context, _outBuf: buffer } = oscillator
  const frequencies = oscillator.frequency._tick()
  const detunes = oscillator.detune._tick()
  const out = buffer.getChannelData(0)
  const { sampleRate } = context
  const frequencyAt = (frame: number) => (frequencies[frame] ?? 0) * 2 ** ((detunes[frame] ?? 0) / 1_200)
  const last = offset + count - 1
  const steady = frequencies[offset] === frequencies[last] && detunes[offset] === detunes[last]
  const first = frequencyAt(offset)
  const { more, fewer, mix } = tablesFor(isShape(type) ? type : "sine", first, sampleRate)
  let place = oscillator.place ?? 0
  for (let frame = 0; frame < count; frame++) {
    const frequency = steady ? first : frequencyAt(offset + frame)
    const position = place * period
    const at = Math.floor(position)
    const part = position - at
    const next = (at + 1) % period
    const high = (more[at] ?? 0) * (1 - part) + (more[next] ?? 0) * part
    const low = (fewer[at] ?? 0) * (1 - part) + (fewer[next] ?? 0) * part
    out[frame] = Math.abs(frequency) >= sampleRate / 2 ? 0 : high * (1 - mix) + low * mix
    place += frequency / sampleRate
    place -= Math.floor(place)
  }
  out.fill(0, count)
  oscillator.place = place
  return buffer
}
