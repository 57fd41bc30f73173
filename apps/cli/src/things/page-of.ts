import { type ItemKind, itemFolders } from "@strudel-agent/contract/item"
import type { ItemKey } from "./item-name.ts"

export type Thing = { kind: ItemKind; key: ItemKey } | { kind: "project" | "session"; id: string }

const part = encodeURIComponent

/** Where the page shows a thing; `url` is the server's address. */
export function pageOf(thing: Thing, url: string): string {
  if ("id" in thing) return `${url}/${thing.kind}s/${part(thing.id)}`
  const { projectId, id } = thing.key
  return `${url}/projects/${part(projectId)}/${itemFolders[thing.kind]}/${part(id)}`
}
