/** Beats per minute that are looked for. */
const range = { from: 60, to: 200 }
/** What people tap along to most: a curve over pitch of tempo (D. Ellis, "Beat Tracking by Dynamic Programming", 2007). */
const usual = { bpm: 120, octaves: 0.9 }
/** How much of the pulse has to come back for it to be one. */
const least = 0.15

/** Beats per minute as heard: the lag at which the beginnings of sounds resemble themselves the most; null where none does. */
export function tempoOf(flux: Float64Array, rate: number): number | null {
  const mean = flux.reduce((sum, value) => sum + value, 0) / Math.max(1, flux.length)
  const centred = flux.map((value) => value - mean)
  const alike = (lag: number) => {
    let sum = 0
    for (let index = lag; index < centred.length; index++) sum += (centred[index] ?? 0) * (centred[index - lag] ?? 0)
    return sum / Math.max(1, centred.length - lag)
  }
  const whole = alike(0)
  const longest = Math.ceil((60 * rate) / range.from)
  if (whole < 1e-6 || centred.length < 2 * longest) return null
  const values = Float64Array.from({ length: 4 * longest + 2 }, (_, lag) => (lag < centred.length / 2 ? alike(lag) : 0))
  let best: { score: number; lag: number } = { score: 0, lag: 0 }
  for (let lag = Math.floor((60 * rate) / range.to); lag <= longest; lag++) {
    const value = highestNear(values, lag, 1)
    const octaves = Math.log2((60 * rate) / lag / usual.bpm) / usual.octaves
    // A pulse comes back after two and four of its beats, too.
    const score =
      (value + highestNear(values, 2 * lag, 2) + highestNear(values, 4 * lag, 3)) * Math.exp(-(octaves ** 2) / 2)
    if (values[lag] === value && score > best.score) best = { score, lag }
  }
  if (best.lag === 0 || (values[best.lag] ?? 0) < least * whole) return null
  return (60 * rate) / preciseLag(values, best.lag)
}

function highestNear(values: Float64Array, lag: number, reach: number): number {
  let highest = Number.NEGATIVE_INFINITY
  for (let at = lag - reach; at <= lag + reach; at++) highest = Math.max(highest, values[at] ?? 0)
  return highest
}

/** Of the same pulse four beats later, where a hop is a quarter as much. */
function preciseLag(values: Float64Array, lag: number): number {
  let [best, at] = [Number.NEGATIVE_INFINITY, 4 * lag]
  for (let far = 4 * lag - 3; far <= 4 * lag + 3; far++) {
    if ((values[far] ?? 0) > best) [best, at] = [values[far] ?? 0, far]
  }
  const [before = 0, there = 0, after = 0] = [values[at - 1], values[at], values[at + 1]]
  const bend = before - 2 * there + after
  const shift = there > 0 && bend < 0 ? (before - after) / (2 * bend) : 0
  return there > 0 ? (at + Math.max(-0.5, Math.min(0.5, shift))) / 4 : lag
}
