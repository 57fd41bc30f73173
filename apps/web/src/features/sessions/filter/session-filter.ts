import type { Inputs } from "@strudel-agent/client/client"
import type { SessionItemType, SessionSort, SessionStatus } from "@strudel-agent/contract/session"
import { keyOf, type Params, textOf } from "#shared/url-state/search-params.ts"
import { dateIn, startOfDay } from "./day-bounds.ts"

export const statusNames: Record<SessionStatus, string> = { active: "Active", idle: "Idle", terminated: "Terminated" }

export const itemTypeNames: Record<SessionItemType, string> = {
  clip: "Clip",
  song: "Song",
  playlist: "Playlist",
  pack: "Pack",
  chat: "Chat",
}

export const sortNames: Record<SessionSort, string> = {
  activity: "Last activity",
  created: "Created",
  messages: "Messages",
}

/** Spans of days up to this one. */
export const spans = {
  today: { label: "Today", days: 1 },
  week: { label: "Last 7 days", days: 7 },
  month: { label: "Last 30 days", days: 30 },
} as const

/** Sessions of one page of the list. */
const pageSize = 50

/** The reader's clock: what "today" is depends on it. */
export interface ReaderClock {
  now: number
  timeZone: string
}

/** From when to when sessions were active: the days that the address names, else its span. */
function activityOf(params: Params, { now, timeZone }: ReaderClock) {
  const [from, to] = [startOfDay(params.get("from") ?? "", timeZone), startOfDay(params.get("to") ?? "", timeZone, 1)]
  if (from || to) return { activeFrom: from, activeTo: to }
  const span = keyOf(params, "active", spans)
  return { activeFrom: span && startOfDay(dateIn(now, timeZone), timeZone, 1 - spans[span].days), activeTo: undefined }
}

/** What the list of sessions asks for, read from the page's address. An item without its type is taken for a clip. */
export function readSessionFilter(params: Params, clock: ReaderClock) {
  const itemId = textOf(params, "item")
  return {
    status: keyOf(params, "status", statusNames),
    projectId: textOf(params, "project"),
    itemType: keyOf(params, "type", itemTypeNames) ?? (itemId ? "clip" : undefined),
    itemId,
    tag: textOf(params, "tag"),
    agentName: textOf(params, "agent"),
    unseen: params.get("unseen") ? true : undefined,
    waiting: params.get("waiting") ? true : undefined,
    q: textOf(params, "q"),
    ...activityOf(params, clock),
    sort: keyOf(params, "sort", sortNames),
    ascending: params.get("order") === "asc" ? true : undefined,
    limit: pageSize,
  } satisfies Inputs["session"]["list"]
}
