import { foldQuery } from "@strudel-agent/contract/search/fold"
import type { SessionFilter, SessionList, SessionSort } from "@strudel-agent/contract/session"
import type { Db } from "@strudel-agent/database/client"
import { type SessionOrder, writeSessionPage } from "@strudel-agent/database/queries/session/page"
import type { Form } from "@strudel-agent/database/queries/sql/written-rows"
import { cursorAfter, decodeCursor, places, type WrittenList } from "../cursor.ts"
import { shareReads } from "./shared-reads.ts"

const day = 24 * 60 * 60 * 1000

/** The moment that a date-time names, or the beginning of a date's day in UTC. */
const startOf = (moment: string): Date => new Date(moment)
/** The same, or the end of a date's day. */
const endOf = (moment: string): Date => new Date(Date.parse(moment) + (moment.includes("T") ? 0 : day))

interface Cursors {
  cursor?: string | null | undefined
  until?: string | undefined
}

function activityPlace(cursor: string | null | undefined) {
  const [lastActivity, id] = decodeCursor(places.session, cursor) ?? []
  return lastActivity && id ? { lastActivity, id } : undefined
}

function createdPlace(cursor: string | null | undefined) {
  const [, createdAt, id] = decodeCursor(places.sessionCreated, cursor) ?? []
  return createdAt && id ? { createdAt, id } : undefined
}

function messagesPlace(cursor: string | null | undefined) {
  const [, messageCount, id] = decodeCursor(places.sessionMessages, cursor) ?? []
  return messageCount !== undefined && id ? { messageCount, id } : undefined
}

/** How each order reads a list's cursors. */
const orders = {
  activity: ({ cursor, until }) => ({ by: "activity", after: activityPlace(cursor), until: activityPlace(until) }),
  created: ({ cursor, until }) => ({ by: "created", after: createdPlace(cursor), until: createdPlace(until) }),
  messages: ({ cursor, until }) => ({ by: "messages", after: messagesPlace(cursor), until: messagesPlace(until) }),
} as const satisfies Record<SessionSort, (cursors: Cursors) => SessionOrder>

/** What a list's filters ask of the database. */
export const filterOf = ({ q, activeFrom, activeTo, ...filter }: SessionFilter) => ({
  ...filter,
  nameContains: foldQuery(q),
  activeFrom: activeFrom === undefined ? undefined : startOf(activeFrom),
  activeTo: activeTo === undefined ? undefined : endOf(activeTo),
})

/** A page of sessions. */
export const readSessions = shareReads(async (db: Db, input: SessionList, form: Form): Promise<WrittenList> => {
  const { cursor, until, limit, sort, ascending, preview, ...filter } = input
  const order = { ...orders[sort]({ cursor, until }), ascending }
  const rows = await writeSessionPage(db, { ...filterOf(filter), preview, order, limit }, form)
  return { list: `[${rows.text}]`, nextCursor: cursorAfter(rows) }
})
