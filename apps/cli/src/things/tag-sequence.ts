import { sequenceCalls } from "@strudel-agent/client/sequences"
import type { SequenceKind } from "@strudel-agent/contract/item"
import type { Run } from "../run.ts"
import { itemNameOf, nameOfKey } from "./item-name.ts"

const isText = (value: unknown): value is string => typeof value === "string"

export interface Tagging {
  item: string
  add: string[]
  remove: string[]
}

/** Puts tags on a song or playlist, or takes them off; refused where somebody changed it at the same moment. */
export async function tagSequence(run: Run, kind: SequenceKind, { item: name, add, remove }: Tagging): Promise<void> {
  const { find, update } = sequenceCalls(kind, await run.connect({ writes: "once" }))
  const item = await find(itemNameOf(kind, name))
  const { projectId, id, version, metadata } = item
  const former = Array.isArray(metadata.tags) ? metadata.tags.filter(isText) : []
  const tags = [...new Set([...former, ...add])].filter((tag) => !remove.includes(tag))
  const changed = await update({ projectId, id, metadata: { ...metadata, tags }, expectedVersion: version })
  run.print({
    json: () => ({ [kind]: { projectId, id, version: changed.version, tags } }),
    text: () => `${nameOfKey(changed)} version ${changed.version}\n`,
  })
}
