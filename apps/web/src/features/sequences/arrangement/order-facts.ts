import type { Run } from "#shared/song/order.ts"
import type { Part } from "#shared/song/part.ts"

/** The runs whose tempo is another than the one before them ended with, and that tempo. Unknown tempi are passed over. */
export function tempoChanges(runs: readonly Run[], parts: ReadonlyMap<string, Part>): Map<string, number> {
  const changes = new Map<string, number>()
  let before: number | undefined
  for (const { key, id } of runs) {
    const { startBpm, endBpm } = parts.get(id) ?? {}
    if (before !== undefined && startBpm !== undefined && startBpm !== before) changes.set(key, before)
    before = endBpm ?? startBpm ?? before
  }
  return changes
}

/** How long an order plays in bars, and how many of its places tell nothing; undefined where none tells. */
export function lengthInBars(runs: readonly Run[], parts: ReadonlyMap<string, Part>) {
  let bars = 0
  let silent = 0
  let telling = 0
  for (const { id, times } of runs) {
    const own = parts.get(id)?.bars
    if (own === undefined) silent += times
    else {
      bars += own * times
      telling += times
    }
  }
  return telling > 0 ? { bars, silent } : undefined
}
