import { type SequenceVersion, sequenceCalls } from "@strudel-agent/client/sequences"
import { type SequenceKind, sequenceParts } from "@strudel-agent/contract/item"
import { UsageError } from "../failure.ts"
import type { Run } from "../run.ts"
import { diffTexts, shownDiff } from "./diff-texts.ts"
import { itemNameOf, nameOfKey } from "./item-name.ts"

export interface Versions {
  from: number | undefined
  to: number | undefined
}

/** A song or playlist as lines: its name, its parts in order, and its text. */
const linesOf = (kind: SequenceKind, { name, partIds, body }: SequenceVersion): string =>
  [name, "", `${sequenceParts[kind].parts}:`, ...partIds.map((id) => `- ${id}`), "", body].join("\n")

/** Says what changed from one version of a song or playlist to another: of what the last change did unless told. */
export async function diffSequence(run: Run, kind: SequenceKind, asked: Versions & { item: string }): Promise<void> {
  const { find, version } = sequenceCalls(kind, await run.connect())
  const item = await find(itemNameOf(kind, asked.item))
  const { projectId, id } = item
  const to = asked.to ?? item.version
  const from = asked.from ?? to - 1
  if (from < 1) throw new UsageError(`${nameOfKey(item)} has one version, which changed nothing.`)
  const [before, after] = await Promise.all([from, to].map((each) => version({ projectId, id, version: each })))
  const named = (each: number, shown: SequenceVersion | undefined) => ({
    name: `${nameOfKey(item)} version ${each}`,
    text: shown ? linesOf(kind, shown) : "",
  })
  const diff = diffTexts(named(from, before), named(to, after))
  run.print({ json: () => ({ from, to, same: diff === "", diff }), text: () => shownDiff(diff, run.io.stdout) })
  if (diff === "") run.note(`Versions ${from} and ${to} say the same.`)
}
