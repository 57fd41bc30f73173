import type { Run } from "#shared/song/order.ts"
import { idsOf } from "#shared/song/order.ts"
import { type Part, type PartKind, partWords } from "#shared/song/part.ts"
import { countOf } from "#shared/words/count.ts"
import { lengthInBars, tempoChanges } from "./order-facts.ts"

/** An order in a few words: how many parts it has, how long it plays, and how often its tempo changes. */
export function orderNote(kind: PartKind, runs: readonly Run[], parts: ReadonlyMap<string, Part>): string {
  const { one, many } = partWords[kind]
  const length = lengthInBars(runs, parts)
  const changes = tempoChanges(runs, parts).size
  return [
    countOf(idsOf(runs).length, one, many),
    length && `${length.silent > 0 ? "at least " : ""}${countOf(length.bars, "bar")}`,
    changes > 0 && countOf(changes, "tempo change"),
  ]
    .filter(Boolean)
    .join(" · ")
}
