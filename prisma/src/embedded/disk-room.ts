import { statfsSync } from "node:fs"

/**
 * Bytes that PostgreSQL may need at any moment: for the next file of its write-ahead log, without which it ends and can
 * not be read either, and for a little more.
 */
const least = 20 * 1024 * 1024
/** Milliseconds for which a look at the disk holds. */
const lookMilliseconds = 250

/** Whether the disk of a folder has the room that PostgreSQL may need; true where its system does not say. */
export function hasRoom(folder: string): boolean {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder)
    return blocks === 0 || bavail * bsize >= least
  } catch {
    return true
  }
}

/** Makes a question after the room of a folder that costs next to nothing however often it is asked. */
export function createRoomCheck(folder: string): () => boolean {
  let lookedAt = Number.NEGATIVE_INFINITY
  let found = true
  return () => {
    const now = performance.now()
    if (now - lookedAt < lookMilliseconds) return found
    lookedAt = now
    found = hasRoom(folder)
    return found
  }
}
