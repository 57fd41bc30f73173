import { isDuplicate } from "@strudel-agent/database/errors"
import {
  findSession,
  insertSession,
  listSessions,
  lockSession,
  markSessionSeen,
  removeSession,
  type SessionOrder,
  type SessionRow,
  touchSession,
  updateSession,
} from "@strudel-agent/database/queries/session"
import { listSessionFacets } from "@strudel-agent/database/queries/session-facets"
import type { TRPCRouterRecord } from "@trpc/server"
import { decodeCursor, places, toPage } from "../cursor.ts"
import { ApiError, badInput } from "../errors.ts"
import { checkJson, StoredMetadata } from "../schema/json.ts"
import { limits } from "../schema/limits.ts"
import { foldQuery } from "../schema/search-fold.ts"
import {
  Session,
  SessionCreate,
  SessionFacetList,
  SessionFacets,
  type SessionFilter,
  SessionKey,
  SessionList,
  SessionMarkSeen,
  SessionPage,
  SessionRename,
  SessionSeen,
  SessionSetStatus,
  type SessionSort,
  SessionUpdate,
} from "../schema/session.ts"
import { namesOfSession } from "../session-name.ts"
import { reader, writer } from "../trpc.ts"

/** A session as it is answered; what is not there is a failure. */
export function presentSession(row: SessionRow | null | undefined) {
  if (!row) throw new ApiError("SESSION_NOT_FOUND", "There is no session of this id.")
  return { ...row, ...namesOfSession(row) }
}

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

/** How each order reads a list's cursors, and what it writes into one. */
const orders = {
  activity: {
    read: ({ cursor, until }) => ({ by: "activity", after: activityPlace(cursor), until: activityPlace(until) }),
    place: (row) => [row.lastActivity, row.id],
  },
  created: {
    read: ({ cursor, until }) => ({ by: "created", after: createdPlace(cursor), until: createdPlace(until) }),
    place: (row) => ["created", row.createdAt, row.id],
  },
  messages: {
    read: ({ cursor, until }) => ({ by: "messages", after: messagesPlace(cursor), until: messagesPlace(until) }),
    place: (row) => ["messages", row.messageCount, row.id],
  },
} as const satisfies Record<
  SessionSort,
  { read: (cursors: Cursors) => SessionOrder; place: (row: SessionRow) => (string | number | Date)[] }
>

const named = (name: string | null | undefined) => (name ? { name, created_by_user: true } : {})

/** What a session has of a talk that began before it is stored; clocks may differ a little, but nothing is to come. */
function heldBefore(beginning: string) {
  const createdAt = new Date(Math.min(Date.parse(beginning), Date.now()))
  return { createdAt, lastActivity: createdAt, status: "idle" } as const
}

/** What a list's filters ask of the database. */
const filterOf = ({ q, activeFrom, activeTo, ...filter }: SessionFilter) => ({
  ...filter,
  nameContains: foldQuery(q),
  activeFrom: activeFrom === undefined ? undefined : startOf(activeFrom),
  activeTo: activeTo === undefined ? undefined : endOf(activeTo),
})

export const sessionRouter = {
  create: writer
    .input(SessionCreate)
    .output(Session)
    .mutation(async ({ ctx, input }) => {
      const { name, metadata, createdAt, ...rest } = input
      try {
        return presentSession(
          await insertSession(ctx.database.db, {
            ...rest,
            ...(createdAt === undefined ? {} : heldBefore(createdAt)),
            metadata: { ...metadata, ...named(name) },
          }),
        )
      } catch (error) {
        if (isDuplicate(error)) throw new ApiError("SESSION_EXISTS", "There is a session of this id already.")
        throw error
      }
    }),

  byId: reader
    .input(SessionKey)
    .output(Session)
    .query(async ({ ctx, input }) => presentSession(await findSession(ctx.database.db, input.id))),

  list: reader
    .input(SessionList)
    .output(SessionPage)
    .query(async ({ ctx, input }) => {
      const { cursor, until, limit, sort, ascending, preview, ...filter } = input
      const rows = await listSessions(ctx.database.db, {
        ...filterOf(filter),
        preview,
        order: { ...orders[sort].read({ cursor, until }), ascending },
        limit: limit + 1,
      })
      const listed = rows.map((row) => ({ ...presentSession(row), preview: row.preview }))
      return toPage(listed, limit, orders[sort].place)
    }),

  facets: reader
    .input(SessionFacetList)
    .output(SessionFacets)
    .query(({ ctx, input = {} }) => listSessionFacets(ctx.database.db, filterOf(input))),

  /** Says that the first `count` messages were seen; more than there are is all of them. */
  markSeen: writer
    .input(SessionMarkSeen)
    .output(SessionSeen)
    .mutation(async ({ ctx, input: { id, count } }) => {
      const seenCount = await markSessionSeen(ctx.database.db, id, count)
      if (seenCount === undefined) return presentSession(undefined)
      return { id, seenCount }
    }),

  touch: writer
    .input(SessionKey)
    .output(Session)
    .mutation(async ({ ctx, input }) => presentSession(await touchSession(ctx.database.db, input.id))),

  setStatus: writer
    .input(SessionSetStatus)
    .output(Session)
    .mutation(async ({ ctx, input }) =>
      presentSession(await updateSession(ctx.database.db, input.id, { status: input.status })),
    ),

  /** A name of null clears it. */
  rename: writer
    .input(SessionRename)
    .output(Session)
    .mutation(async ({ ctx, input }) =>
      presentSession(
        await updateSession(ctx.database.db, input.id, {
          metadata: named(input.name),
          withoutKeys: ["name", "created_by_user"],
        }),
      ),
    ),

  update: writer
    .input(SessionUpdate)
    .output(Session)
    .mutation(async ({ ctx, input: { id, ...change } }) => {
      const { metadata } = change
      if (!metadata) return presentSession(await updateSession(ctx.database.db, id, change))
      return ctx.database.db.$transaction(async (tx) => {
        if (!(await lockSession(tx, id))) return presentSession(undefined)
        const session = presentSession(await findSession(tx, id))
        const problem = checkJson({ ...StoredMetadata.parse(session.metadata), ...metadata }, limits.metadataBytes)
        if (problem) throw badInput("metadata", `${problem} together with what is stored`)
        return presentSession(await updateSession(tx, id, change))
      })
    }),

  delete: writer.input(SessionKey).mutation(async ({ ctx, input }) => {
    if (!(await removeSession(ctx.database.db, input.id))) presentSession(undefined)
    return { id: input.id }
  }),
} satisfies TRPCRouterRecord
