import { randomUUID } from "node:crypto"
import { checkJson, type JsonObject, StoredMetadata } from "@strudel-agent/contract/json"
import { limits } from "@strudel-agent/contract/limits"
import type { ForkOrigin, SessionFork } from "@strudel-agent/contract/session/fork"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import { forkSession as fork } from "@strudel-agent/database/queries/session/fork"
import { badInput, LibraryError } from "./failure.ts"
import { type NamedSession, readSession } from "./session.ts"

const nameOfFork = (displayName: string, messageIndex: number): string => {
  const end = ` (from message ${messageIndex})`
  return displayName.slice(0, limits.name - end.length).toWellFormed() + end
}

/** Makes a session of another one's messages up to one of them; its metadata say where it came from. */
export async function forkSession(db: Db, input: SessionFork): Promise<NamedSession> {
  const { id, messageIndex, newId = randomUUID(), name } = input
  const source = await readSession(db, id)
  const metadata: JsonObject = {
    name: name ?? nameOfFork(source.displayName, messageIndex),
    created_by_user: name !== undefined,
    forked_from: { session_id: id, message_index: messageIndex } satisfies ForkOrigin,
  }
  const problem = checkJson({ ...StoredMetadata.parse(source.metadata), ...metadata }, limits.metadataBytes)
  if (problem) throw badInput("metadata", `${problem} together with where it came from`)
  try {
    if (!(await fork(db, { id, messageIndex, newId, metadata }))) {
      throw new LibraryError("MESSAGE_NOT_FOUND", `The session has no message ${messageIndex}.`)
    }
  } catch (cause) {
    if (!isDuplicate(cause)) throw cause
    throw new LibraryError("SESSION_EXISTS", "There is a session of this id already.", { cause })
  }
  return readSession(db, newId)
}
