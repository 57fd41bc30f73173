import type { VisualOptions } from "#shared/editor/visual-calls.ts"

/** A number of an option within what can be drawn; `true` counts as 1. */
export function numberIn(
  options: VisualOptions,
  name: string,
  { otherwise, least, most }: { otherwise: number; least: number; most: number },
): number {
  const value = options[name]
  const number = typeof value === "boolean" ? Number(value) : typeof value === "number" ? value : otherwise
  return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : otherwise
}

/** Whether an option is switched on. */
export const isOn = (options: VisualOptions, name: string, otherwise = false): boolean =>
  options[name] === undefined ? otherwise : Boolean(options[name])

/** A colour as it is written; a canvas leaves out what is none. */
export const colorIn = (options: VisualOptions, name: string): string | undefined =>
  typeof options[name] === "string" ? options[name] : undefined
