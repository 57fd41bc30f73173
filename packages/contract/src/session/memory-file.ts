import { z } from "zod"
import { limits } from "../limits.ts"
import { nameText, Timestamp, Uuid } from "../text.ts"

const FilePath = nameText(limits.filePath)

export const MemoryFileKey = z.object({ sessionId: Uuid, filePath: FilePath })
export const MemoryFileSession = z.object({ sessionId: Uuid })

export const MemoryFileCreate = MemoryFileKey.extend({
  isPrimary: z.boolean().default(false),
  loaded: z.boolean().default(false),
})
export type MemoryFileCreate = z.infer<typeof MemoryFileCreate>

export const MemoryFileUpdate = MemoryFileKey.extend({
  isPrimary: z.boolean().optional(),
  loaded: z.boolean().optional(),
})
export type MemoryFileUpdate = z.infer<typeof MemoryFileUpdate>

export const MemoryFile = z.object({
  sessionId: Uuid,
  filePath: z.string(),
  isPrimary: z.boolean(),
  loaded: z.boolean(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type MemoryFile = z.infer<typeof MemoryFile>
