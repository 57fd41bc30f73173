import type { Position } from "@strudel-agent/sandbox/protocol"
import { positionAt } from "#shared/player/player-signals.ts"

/**
 * Cycles until a step has been heard for so many, at a moment; undefined while only the step before it is heard. `from`
 * is the moment in which the step began, and its cycles are counted from there.
 */
export function cyclesLeft(
  told: Position | undefined,
  { from, cycles, moment }: { from: number; cycles: number; moment: number },
): number | undefined {
  if (!told?.playing || told.at < from) return undefined
  return cycles - positionAt(told, moment).cycle
}
