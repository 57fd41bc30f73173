import type { Position } from "@strudel-agent/sandbox/protocol"
import { positionAt } from "#shared/player/player-signals.ts"

/** Cycles until what is heard has been heard for so many. */
export const cyclesLeft = (position: Position | undefined, cycles: number, moment = Date.now()): number | undefined =>
  position && cycles - positionAt(position, moment).cycle
