import type { Hap } from "./picture.ts"

/** An event that is drawn. */
export const hap = (rest: Partial<Hap>): Hap => ({
  ...{ begin: 0, until: 1, note: 60, sound: "piano", label: "c4", color: null, colour: 0, level: 1, visuals: [] },
  ...rest,
})
