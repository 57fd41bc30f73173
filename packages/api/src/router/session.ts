import { isDuplicate } from "@strudel-agent/database/errors"
import {
  findSession,
  insertSession,
  listSessions,
  lockSession,
  removeSession,
  type SessionRow,
  touchSession,
  updateSession,
} from "@strudel-agent/database/queries/session"
import type { TRPCRouterRecord } from "@trpc/server"
import { decodeCursor, places, toPage } from "../cursor.ts"
import { ApiError, badInput } from "../errors.ts"
import { checkJson, StoredMetadata } from "../schema/json.ts"
import { limits } from "../schema/limits.ts"
import {
  Session,
  SessionCreate,
  SessionFacts,
  SessionKey,
  SessionList,
  SessionPage,
  SessionRename,
  SessionSetStatus,
  SessionUpdate,
} from "../schema/session.ts"
import { reader, writer } from "../trpc.ts"

/** What a session is called: its name, else its item, else its agent and day. */
function displayName(row: SessionRow, name: string | null): string {
  if (name) return name
  const item = [row.itemType, row.itemId].filter(Boolean).join(" ")
  if (item) return row.projectId ? `${item} · ${row.projectId}` : item
  return `${row.agentName} · ${row.createdAt.toISOString().slice(0, 10)}`
}

function present(row: SessionRow | null | undefined) {
  if (!row) throw new ApiError("SESSION_NOT_FOUND", "There is no session of this id.")
  const { name } = SessionFacts.parse(row.metadata)
  return { ...row, name, displayName: displayName(row, name) }
}

const named = (name: string | null | undefined) => (name ? { name, created_by_user: true } : {})

export const sessionRouter = {
  create: writer
    .input(SessionCreate)
    .output(Session)
    .mutation(async ({ ctx, input }) => {
      const { name, metadata, ...rest } = input
      try {
        return present(await insertSession(ctx.database.db, { ...rest, metadata: { ...metadata, ...named(name) } }))
      } catch (error) {
        if (isDuplicate(error)) throw new ApiError("SESSION_EXISTS", "There is a session of this id already.")
        throw error
      }
    }),

  byId: reader
    .input(SessionKey)
    .output(Session)
    .query(async ({ ctx, input }) => present(await findSession(ctx.database.db, input.id))),

  list: reader
    .input(SessionList)
    .output(SessionPage)
    .query(async ({ ctx, input }) => {
      const { q, cursor, limit, ...filter } = input
      const [lastActivity, id] = decodeCursor(places.session, cursor) ?? []
      const rows = await listSessions(ctx.database.db, {
        ...filter,
        nameContains: q,
        after: lastActivity && id ? { lastActivity, id } : undefined,
        limit: limit + 1,
      })
      return toPage(rows.map(present), limit, (row) => [row.lastActivity, row.id])
    }),

  touch: writer
    .input(SessionKey)
    .output(Session)
    .mutation(async ({ ctx, input }) => present(await touchSession(ctx.database.db, input.id))),

  setStatus: writer
    .input(SessionSetStatus)
    .output(Session)
    .mutation(async ({ ctx, input }) =>
      present(await updateSession(ctx.database.db, input.id, { status: input.status })),
    ),

  /** A name of null clears it. */
  rename: writer
    .input(SessionRename)
    .output(Session)
    .mutation(async ({ ctx, input }) =>
      present(
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
      if (!metadata) return present(await updateSession(ctx.database.db, id, change))
      return ctx.database.db.$transaction(async (tx) => {
        if (!(await lockSession(tx, id))) return present(undefined)
        const session = present(await findSession(tx, id))
        const problem = checkJson({ ...StoredMetadata.parse(session.metadata), ...metadata }, limits.metadataBytes)
        if (problem) throw badInput("metadata", `${problem} together with what is stored`)
        return present(await updateSession(tx, id, change))
      })
    }),

  delete: writer.input(SessionKey).mutation(async ({ ctx, input }) => {
    if (!(await removeSession(ctx.database.db, input.id))) present(undefined)
    return { id: input.id }
  }),
} satisfies TRPCRouterRecord
