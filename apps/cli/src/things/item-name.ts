import { type ItemKind, isSlug } from "@strudel-agent/contract/item"
import { UsageError } from "../failure.ts"

export interface ItemName {
  id: string
  projectId: string | undefined
}

export interface ItemKey {
  id: string
  projectId: string
}

/** Reads `house/kick`, or `kick` alone; throws a usage error where it names no item. */
export function itemNameOf(kind: ItemKind, text: string): ItemName {
  const [id = "", projectId, ...rest] = text.split("/").reverse()
  if (!isSlug(id) || (projectId !== undefined && !isSlug(projectId)) || rest.length > 0) {
    throw new UsageError(`"${text}" names no ${kind}: it looks like house/kick.`)
  }
  return { id, projectId }
}

/** Reads `house/kick`; throws a usage error where the project is missing. */
export function itemKeyOf(kind: ItemKind, text: string): ItemKey {
  const { id, projectId } = itemNameOf(kind, text)
  if (projectId === undefined) throw new UsageError(`Say the project of the ${kind}, too: <project>/${id}.`)
  return { id, projectId }
}

export const nameOfKey = ({ projectId, id }: ItemKey): string => `${projectId}/${id}`
