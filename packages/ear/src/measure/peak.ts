import type { Sound } from "./sound.ts"

/** The filter of four phases by which ITU-R BS.1770-4, annex 2, looks between the samples; the others are these, reversed. */
const first = [
  ...[0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625],
  ...[0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125],
]
const second = [
  ...[-0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625],
  ...[0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375],
]
const phases = [first, second, second.toReversed(), first.toReversed()]
const taps = first.length
/** How much higher the filter can make a sample: nothing below this part of the highest can be the peak. */
const most = 2

/** The true peak, 1 at full scale: as it is between samples. */
export function truePeak({ left, right }: Sound): number {
  return Math.max(peakOf(left), peakOf(right))
}

function peakOf(channel: Float32Array): number {
  let peak = 0
  for (const value of channel) peak = Math.max(peak, Math.abs(value))
  const least = peak / most
  for (let frame = 0; frame < channel.length; frame++) {
    if (Math.abs(channel[frame] ?? 0) < least) continue
    // The filter's middle is at this frame and the one before it.
    for (let at = frame + taps / 2 - 1; at <= frame + taps / 2; at++) peak = Math.max(peak, betweenAt(channel, at))
  }
  return peak
}

function betweenAt(channel: Float32Array, at: number): number {
  let peak = 0
  for (const phase of phases) {
    let sum = 0
    for (let tap = 0; tap < taps; tap++) sum += (phase[tap] ?? 0) * (channel[at - tap] ?? 0)
    peak = Math.max(peak, Math.abs(sum))
  }
  return peak
}

/** As loud as a sound may be before it is cut off: 16 bits know nothing louder. */
const full = 32_767 / 32_768

/** Places at which it is louder than full scale, or is held at it, as what was cut off before. */
export function countClips({ left, right }: Sound): number {
  return clipsOf(left) + clipsOf(right)
}

function clipsOf(channel: Float32Array): number {
  let clips = 0
  let run = 0
  for (const value of channel) {
    const size = Math.abs(value)
    run = size >= full ? run + 1 : 0
    // One frame at full scale is just loud; what is beyond it, or stays there, is cut off.
    if (run === 3 || (size > 1 && run === 1)) clips++
    if (size > 1 && run === 1) run = 3
  }
  return clips
}
