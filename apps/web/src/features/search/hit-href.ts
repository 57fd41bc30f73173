import type { SearchHit } from "@strudel-agent/contract/search"
import { type ItemPath, itemPath } from "#shared/url-state/item-link.ts"

export type HitPath = ItemPath | `${ItemPath}?line=${number}` | `/projects/${string}` | `/sessions/${string}`

/** Where a hit is to be seen: a message at its place, code at its line. */
export function hitHref({ kind, id, projectId, sessionId, messageIndex, line }: SearchHit): HitPath {
  if (kind === "message") return `/sessions/${sessionId}?at=${messageIndex}#m-${messageIndex}`
  if (kind === "session") return `/sessions/${id}`
  if (kind === "project") return `/projects/${encodeURIComponent(id)}`
  const path = itemPath({ itemType: kind, projectId: projectId ?? "", itemId: id })
  return line === null ? path : `${path}?line=${line}`
}
