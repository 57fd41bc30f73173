import type { Part } from "./clips/clip-asker.ts"

/** Seconds from a decision to its first sound, which is all that is left to do then; and for each further of the first events. */
const first = 0.005
const further = 0.0007
const longest = 0.03

/** Seconds that a press leaves for making the first sounds. */
export function leadOf(parts: (Part | null)[]): number {
  const events = parts.reduce((sum, part) => sum + (part?.events.length ?? 0), 0)
  return Math.min(longest, first + Math.max(0, events - 1) * further)
}
