import type { SessionItemType, SessionStatus } from "@strudel-agent/api/schema/session"
import type { Inputs } from "@strudel-agent/client/client"
import { keyOf, type Params, textOf } from "../ui/search-params.ts"

export const statusNames: Record<SessionStatus, string> = { active: "Active", idle: "Idle", terminated: "Terminated" }

export const itemTypeNames: Record<SessionItemType, string> = {
  clip: "Clip",
  song: "Song",
  playlist: "Playlist",
  pack: "Pack",
  chat: "Chat",
}

/** Sessions of one page of the list. */
const pageSize = 50

/** What the list of sessions asks for, read from the page's address. An item without its type is taken for a clip. */
export function readSessionFilter(params: Params) {
  const itemId = textOf(params, "item")
  return {
    status: keyOf(params, "status", statusNames),
    projectId: textOf(params, "project"),
    itemType: keyOf(params, "type", itemTypeNames) ?? (itemId ? "clip" : undefined),
    itemId,
    tag: textOf(params, "tag"),
    q: textOf(params, "q"),
    limit: pageSize,
  } satisfies Inputs["session"]["list"]
}
