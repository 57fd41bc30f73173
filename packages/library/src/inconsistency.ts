import type { Inconsistency, InconsistencyPage } from "@strudel-agent/contract/inconsistency"
import type { Db } from "@strudel-agent/database/client"
import {
  findItemsWithoutVersions,
  findMiscountedSessions,
  findOrphanedFiles,
} from "@strudel-agent/database/queries/inconsistency"
import { z } from "zod"
import { filePlace, itemPlace } from "./backup/items.ts"
import { cursorOf, placeOf } from "./backup/part.ts"

const Place = z.union([
  z.object({ kind: z.literal("session"), after: z.object({ id: z.guid() }).optional() }),
  z.object({ kind: z.enum(["clip", "song", "playlist"]), after: itemPlace.optional() }),
  z.object({ kind: z.literal("file"), after: filePlace.optional() }),
])
type Place = z.infer<typeof Place>

/** What is looked at behind the last of a kind. */
const behind = { clip: "song", song: "playlist", playlist: "file" } as const

/** What was found at a place, and the next one. */
interface Look {
  items: Inconsistency[]
  next: Place | undefined
}

async function lookAt(db: Db, place: Place): Promise<Look> {
  const { kind } = place
  if (kind === "session") {
    const { found, last } = await findMiscountedSessions(db, place.after)
    const items = found.map(({ id, counted, stored }) => ({
      ...{ kind, name: id },
      problem: `counts ${counted} messages and has ${stored}, or a gap among them`,
    }))
    return { items, next: last ? { kind, after: last } : { kind: "clip" } }
  }
  if (kind === "file") {
    const { found, last } = await findOrphanedFiles(db, place.after)
    const items = found.map(({ projectId, path }) => ({
      ...{ kind, name: `${projectId}/${path}` },
      problem: "is kept of an item that is not there",
    }))
    return { items, next: last && { kind, after: last } }
  }
  const { found, last } = await findItemsWithoutVersions(db, kind, place.after)
  const items = found.map(({ projectId, id, version, stored }) => ({
    ...{ kind, name: `${projectId}/${id}` },
    problem: `is at version ${version} and has ${stored} versions`,
  }))
  return { items, next: last ? { kind, after: last } : { kind: behind[kind] } }
}

/**
 * Looks through a part of the library for what does not fit the rest, as by changes made by hand: reads the keys of a few
 * hundred sessions, clips, songs, playlists or kept files, and of what belongs to them.
 */
export async function findInconsistencies(db: Db, cursor: string | null | undefined): Promise<InconsistencyPage> {
  const { items, next } = await lookAt(db, placeOf(Place, cursor) ?? { kind: "session" })
  return { items, nextCursor: next ? cursorOf(next) : null }
}
