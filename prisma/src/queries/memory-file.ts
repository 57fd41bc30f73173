import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"

const columns = {
  sessionId: true,
  filePath: true,
  isPrimary: true,
  loaded: true,
  createdAt: true,
  updatedAt: true,
} as const satisfies Prisma.MemoryFileSelect

export interface MemoryFileKey {
  sessionId: string
  filePath: string
}

export const insertMemoryFile = (db: Db, data: MemoryFileKey & { isPrimary: boolean; loaded: boolean }) =>
  db.memoryFile.create({ data, select: columns })

/** Lists a session's memory files, the primary one first. */
export const listMemoryFiles = (db: Db, sessionId: string) =>
  db.memoryFile.findMany({
    where: { sessionId },
    select: columns,
    orderBy: [{ isPrimary: "desc" }, { filePath: "asc" }],
  })

export const findPrimaryMemoryFile = (db: Db, sessionId: string) =>
  db.memoryFile.findFirst({ where: { sessionId, isPrimary: true }, select: columns })

/** Takes the mark of the primary memory file from whichever file bears it. */
export const clearPrimaryMemoryFile = (tx: Db, sessionId: string) =>
  tx.memoryFile.updateMany({ where: { sessionId, isPrimary: true }, data: { isPrimary: false } })

export const countMemoryFiles = (db: Db, sessionId: string): Promise<number> =>
  db.memoryFile.count({ where: { sessionId } })

export const updateMemoryFile = (
  db: Db,
  { sessionId, filePath }: MemoryFileKey,
  data: { isPrimary?: boolean; loaded?: boolean },
) => db.memoryFile.update({ where: { sessionId_filePath: { sessionId, filePath } }, data, select: columns })

/** Removes a memory file; false where there is none of that path. */
export const removeMemoryFile = async (db: Db, { sessionId, filePath }: MemoryFileKey): Promise<boolean> =>
  (await db.memoryFile.deleteMany({ where: { sessionId, filePath } })).count > 0
