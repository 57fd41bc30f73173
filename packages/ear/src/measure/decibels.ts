import { quietest } from "../heard.ts"

/** Decibels of a power, no less than what counts as silent. */
export const decibelsOf = (power: number): number => (power > 0 ? Math.max(quietest, 10 * Math.log10(power)) : quietest)

/** To a tenth, as figures are told. */
export const tenth = (value: number): number => Math.round(value * 10) / 10
export const hundredth = (value: number): number => Math.round(value * 100) / 100
