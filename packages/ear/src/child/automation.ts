import { AutomationEventList } from "automation-events"

type Each = AutomationEventList extends Iterable<infer Event> ? Event : never

/** A stretch of a parameter's time in which one formula holds, from a value that is known. */
interface Stretch {
  kind: "constant" | "linear" | "exponential" | "towards"
  from: number
  until: number
  value: number
  /** How much is added, multiplied or left of the distance to the target, per second; in logarithms but for the first. */
  slope: number
  target: number
}

type Remembering = AutomationEventList & { stretch?: Stretch | undefined }

const { add, flush, getValue } = AutomationEventList.prototype

const timeOf = (event: Each): number => ("endTime" in event ? event.endTime : event.startTime)

/** The stretch that begins at a time; undefined where each value is to be looked up by itself. */
function stretchFrom(list: AutomationEventList, time: number): Stretch | undefined {
  let current: Each | undefined
  let next: Each | undefined
  for (const event of list) {
    next = timeOf(event) > time ? event : undefined
    if (next) break
    current = event
  }
  const value = getValue.call(list, time)
  const until = next ? timeOf(next) : Number.POSITIVE_INFINITY
  const stretch = { from: time, until, value, slope: 0, target: value }
  if (current?.type === "setValueCurve" && current.startTime + current.duration > time) return undefined
  if (next?.type === "linearRampToValue" || next?.type === "exponentialRampToValue") {
    if (current?.type === "setTarget" && next.insertTime > time) return undefined
    const seconds = next.endTime - time
    if (next.type === "linearRampToValue") {
      return { ...stretch, kind: "linear", slope: (next.value - value) / seconds }
    }
    // A ramp through zero stays where it is until its end.
    if (value * next.value <= 0) return { ...stretch, kind: "constant" }
    return { ...stretch, kind: "exponential", slope: Math.log(next.value / value) / seconds }
  }
  if (current?.type !== "setTarget" || value === current.target) return { ...stretch, kind: "constant" }
  return { ...stretch, kind: "towards", slope: -1 / current.timeConstant, target: current.target }
}

/** The formulas of AudioParam in the Web Audio API. */
function valueIn({ kind, from, value, slope, target }: Stretch, time: number): number {
  if (kind === "constant") return value
  if (kind === "linear") return value + slope * (time - from)
  if (kind === "exponential") return value * Math.exp(slope * (time - from))
  return target + (value - target) * Math.exp(slope * (time - from))
}

/**
 * Has parameters remember the formula of the moment: the library looks the events of each through for every frame, a
 * quarter of the time of a dense clip.
 */
export function rememberFormulas(): void {
  Object.assign(AutomationEventList.prototype, {
    add(this: Remembering, event: Parameters<typeof add>[0]) {
      this.stretch = undefined
      return add.call(this, event)
    },
    flush(this: Remembering, time: number) {
      this.stretch = undefined
      flush.call(this, time)
    },
    getValue(this: Remembering, time: number) {
      const known = this.stretch
      if (known && time >= known.from && time < known.until) return valueIn(known, time)
      this.stretch = stretchFrom(this, time)
      return this.stretch?.value ?? getValue.call(this, time)
    },
  })
}
