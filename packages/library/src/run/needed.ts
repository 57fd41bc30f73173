import { sequenceParts } from "@strudel-agent/contract/item"
import type { RunChangeNeed } from "@strudel-agent/contract/run"
import { RunOperation } from "@strudel-agent/contract/run/operation"
import type { Db } from "@strudel-agent/database/client"
import { listWaitingChanges, type WaitingChangeRow } from "@strudel-agent/database/queries/run/change"
import { itemOf } from "./operation.ts"

type ItemColumns = Pick<WaitingChangeRow, "projectId" | "itemType" | "itemId">

const placeOf = ({ projectId, itemType, itemId }: ItemColumns): string => `${itemType} ${projectId} ${itemId}`

/** The items that have to be there for an operation to be done. */
function partsOf(operation: RunOperation): string[] {
  const { input } = operation
  const { type } = itemOf(operation)
  if (type === "clip" || !("partIds" in input)) return []
  const itemType = sequenceParts[type].part
  return (input.partIds ?? []).map((itemId) => placeOf({ projectId: input.projectId, itemType, itemId }))
}

/** The changes of a session that wait for a person, and which of them others need. */
export interface Waiting {
  /** What an operation needs, in the order in which it can be made: each after what it needs itself. */
  neededFor(operation: RunOperation): WaitingChangeRow[]
}

/** Reads the changes of a session that wait for a person. */
export async function readWaiting(db: Db, sessionId: string): Promise<Waiting> {
  const rows = await listWaitingChanges(db, sessionId)
  const makes = new Map(
    rows.flatMap((row) => {
      // What is there already is not needed of them.
      if (row.baseVersion !== null) return []
      const { data } = RunOperation.safeParse(row.operation)
      return data ? [[placeOf(row), { row, operation: data }] as const] : []
    }),
  )
  return {
    neededFor(operation) {
      const needed = new Map<string, WaitingChangeRow>()
      const add = (place: string) => {
        const found = makes.get(place)
        if (!found || needed.has(place)) return
        for (const part of partsOf(found.operation)) add(part)
        needed.set(place, found.row)
      }
      for (const place of partsOf(operation)) add(place)
      return [...needed.values()]
    },
  }
}

/** A change that another one needs, as callers get it. */
export const presentNeed = ({ number, callId, itemType, itemId, itemName }: WaitingChangeRow): RunChangeNeed => ({
  ...{ number, callId, itemType, itemId, itemName },
})

const list = new Intl.ListFormat("en-GB")
const listInWords = (words: string[]): string => list.format(words)

/** The items of changes in words, such as "the clips kick and hat". */
export function itemsInWords(rows: readonly Pick<WaitingChangeRow, "itemType" | "itemName">[]): string {
  const kinds = [...new Set(rows.map(({ itemType }) => itemType))]
  const groups = kinds.map((kind) => {
    const names = rows.filter(({ itemType }) => itemType === kind).map(({ itemName }) => itemName)
    return `the ${kind}${names.length > 1 ? "s" : ""} ${listInWords(names)}`
  })
  return listInWords(groups)
}
