import type { Event } from "../../protocol.ts"

const shown = 256
let samples: Float32Array<ArrayBuffer> | undefined

/** What is heard at the moment: loudness and a picture of the wave, to be sent with what is transferred. */
export function readMeter(meter: AnalyserNode): [event: Event, transfer: Transferable[]] {
  samples ??= new Float32Array(meter.fftSize)
  meter.getFloatTimeDomainData(samples)
  let peak = 0
  let power = 0
  for (const value of samples) {
    peak = Math.max(peak, Math.abs(value))
    power += value * value
  }
  const wave = new Float32Array(shown)
  const stride = samples.length / shown / 2
  const begin = samples.length / 2
  for (let index = 0; index < shown; index++) wave[index] = samples[begin + Math.floor(index * stride)] ?? 0
  return [{ type: "meter", peak, rms: Math.sqrt(power / samples.length), wave }, [wave.buffer]]
}
