import { checkJson, StoredMetadata } from "@strudel-agent/contract/json"
import { limits } from "@strudel-agent/contract/limits"
import type {
  SessionCreate,
  SessionDelete,
  SessionMarkSeen,
  SessionRename,
  SessionUpdate,
} from "@strudel-agent/contract/session"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import {
  findSession,
  insertSession,
  listSessions,
  lockSession,
  markSessionSeen as markSeen,
  removeSession,
  type SessionChange,
  type SessionRow,
  touchSession as touch,
  updateSession as writeSession,
} from "@strudel-agent/database/queries/session"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { z } from "zod"
import { badInput, LibraryError } from "./failure.ts"
import { namesOfSession } from "./session-name.ts"

export const noSession = () => new LibraryError("SESSION_NOT_FOUND", "There is no session of this id.")

/** A session with what it is called. */
export const named = (session: SessionRow) => ({ ...session, ...namesOfSession(session) })

export type NamedSession = ReturnType<typeof named>

function present(session: SessionRow | undefined): NamedSession {
  if (!session) throw noSession()
  return named(session)
}

const nameKeys = (name: string | null | undefined) => (name ? { name, created_by_user: true } : {})

/** What a session has of a talk that began before it is stored; clocks may differ a little, but nothing is to come. */
function heldBefore(beginning: string) {
  const createdAt = new Date(Math.min(Date.parse(beginning), Date.now()))
  return { createdAt, lastActivity: createdAt, status: "idle", answeredBy: "none" } as const
}

/** Begins a session, or makes one of a talk that was held before. */
export async function createSession(db: Db, input: SessionCreate): Promise<NamedSession> {
  const { name, metadata, createdAt, answeredBy, changeMode, ...rest } = input
  const held = createdAt === undefined ? {} : heldBefore(createdAt)
  try {
    return named(
      await insertSession(db, {
        ...rest,
        ...held,
        ...(answeredBy ? { answeredBy } : {}),
        ...(changeMode ? { changeMode } : {}),
        metadata: { ...metadata, ...nameKeys(name) },
      }),
    )
  } catch (cause) {
    if (!isDuplicate(cause)) throw cause
    throw new LibraryError("SESSION_EXISTS", "There is a session of this id already.", { cause })
  }
}

export const readSession = async (db: Db, id: string): Promise<NamedSession> => present(await findSession(db, id))

/** What sessions are called; those that are not there are left out. */
export async function listSessionNames(db: Db, ids: string[]): Promise<Map<string, string>> {
  const rows = ids.length > 0 ? await listSessions(db, ids) : []
  return new Map(rows.map((row) => [row.id, namesOfSession(row).displayName]))
}

/** Says that somebody is there: an idle session becomes active. */
export const touchSession = async (db: Db, id: string): Promise<NamedSession> => present(await touch(db, id))

/** Says that the first `count` messages were seen; more than there are is all of them. Answers how many were. */
export async function markSessionSeen(db: Db, { id, count }: z.output<typeof SessionMarkSeen>): Promise<number> {
  const seenCount = await markSeen(db, id, count)
  if (seenCount === undefined) throw noSession()
  return seenCount
}

/** Gives a session a name of its own; null takes it off. */
export const renameSession = async (db: Db, { id, name }: z.output<typeof SessionRename>): Promise<NamedSession> =>
  present(await writeSession(db, id, { metadata: nameKeys(name), withoutKeys: ["name", "created_by_user"] }))

/** Changes a session; metadata are merged over what is stored, up to their limit together. */
export async function updateSession(
  db: Db,
  { id, ...change }: SessionUpdate & Pick<SessionChange, "status">,
): Promise<NamedSession> {
  const { metadata } = change
  if (!metadata) return present(await writeSession(db, id, change))
  return inTransaction(db, async (tx) => {
    if (!(await lockSession(tx, id))) throw noSession()
    const session = await readSession(tx, id)
    const problem = checkJson({ ...StoredMetadata.parse(session.metadata), ...metadata }, limits.metadataBytes)
    if (problem) throw badInput("metadata", `${problem} together with what is stored`)
    return present(await writeSession(tx, id, change))
  })
}

/** Deletes a session with as many messages as expected, with them and its memory files. */
export async function deleteSession(db: Db, { id, expectedMessageCount }: SessionDelete): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (await removeSession(tx, id, expectedMessageCount)) return
    if (!(await lockSession(tx, id))) throw noSession()
    throw new LibraryError("SESSION_CHANGED", "The session has other messages than you expected.")
  })
}
