import { limits } from "@strudel-agent/contract/limits"
import type { MemoryFileCreate, MemoryFileKey, MemoryFileUpdate } from "@strudel-agent/contract/session/memory-file"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate, isMissing } from "@strudel-agent/database/errors"
import {
  clearPrimaryMemoryFile,
  countMemoryFiles,
  findPrimaryMemoryFile,
  insertMemoryFile,
  listMemoryFiles,
  removeMemoryFile,
  updateMemoryFile as writeMemoryFile,
} from "@strudel-agent/database/queries/memory-file"
import { findSession, lockSession } from "@strudel-agent/database/queries/session"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { z } from "zod"
import { LibraryError } from "./failure.ts"
import { noSession } from "./session.ts"

const noFile = () => new LibraryError("MEMORY_FILE_NOT_FOUND", "The session has no such memory file.")

/** Runs a write with the session's row locked, so that two primary files cannot meet. */
const withSession = <T>(db: Db, sessionId: string, write: (tx: Db) => Promise<T>): Promise<T> =>
  inTransaction(db, async (tx) => {
    if (!(await lockSession(tx, sessionId))) throw noSession()
    return write(tx)
  })

/** Notes a file that an agent loaded; one that is primary takes the mark from the one that was. */
export const createMemoryFile = (db: Db, file: MemoryFileCreate) =>
  withSession(db, file.sessionId, async (tx) => {
    if ((await countMemoryFiles(tx, file.sessionId)) >= limits.memoryFiles) {
      throw new LibraryError("MEMORY_FILES_FULL", `A session holds at most ${limits.memoryFiles} memory files.`)
    }
    if (file.isPrimary) await clearPrimaryMemoryFile(tx, file.sessionId)
    return insertMemoryFile(tx, file).catch((cause: unknown) => {
      if (!isDuplicate(cause)) throw cause
      throw new LibraryError("MEMORY_FILE_EXISTS", "The session has this memory file already.", { cause })
    })
  })

/** Lists a session's memory files, the primary one first. */
export async function readMemoryFiles(db: Db, sessionId: string) {
  const files = await listMemoryFiles(db, sessionId)
  if (files.length === 0 && !(await findSession(db, sessionId))) throw noSession()
  return files
}

/** The file that a session's agent goes by. */
export async function readPrimaryMemoryFile(db: Db, sessionId: string) {
  const file = await findPrimaryMemoryFile(db, sessionId)
  if (!file) throw noFile()
  return file
}

/** Changes what is noted of a file; one that becomes primary takes the mark from the one that was. */
export const updateMemoryFile = (db: Db, { sessionId, filePath, ...change }: MemoryFileUpdate) =>
  withSession(db, sessionId, async (tx) => {
    if (change.isPrimary) await clearPrimaryMemoryFile(tx, sessionId)
    return writeMemoryFile(tx, { sessionId, filePath }, change).catch((error: unknown) => {
      throw isMissing(error) ? noFile() : error
    })
  })

/** Forgets a file that an agent loaded. */
export async function deleteMemoryFile(db: Db, file: z.output<typeof MemoryFileKey>): Promise<void> {
  if (!(await removeMemoryFile(db, file))) throw noFile()
}
