import type { Db } from "@strudel-agent/database/client"
import type { ClipKey } from "@strudel-agent/database/queries/clip/filter"
import { findLikeness, listNear } from "@strudel-agent/database/queries/clip/likeness"
import { distanceOf } from "@strudel-agent/ear/likeness"
import { noClip } from "./clip.ts"

/** Clips of each plane that are compared, however many there are. */
const candidates = 400

/** What is farther away than this sounds like something else. */
const farthest = 4

const nameOf = ({ projectId, id }: ClipKey) => `${projectId}/${id}`

interface Neighbour extends ClipKey {
  distance: number
}

/** The clips that sound the most like one, the most alike first; null where that one is not measured or silent. */
export async function findSimilarClips(db: Db, key: ClipKey, limit: number): Promise<Neighbour[] | null> {
  const likeness = await findLikeness(db, key)
  if (!likeness) throw noClip()
  if (likeness.length === 0) return null
  const found = await Promise.all(
    (["tone", "bands"] as const).map((plane) => listNear(db, likeness, { plane, limit: candidates })),
  )
  const near = new Map(found.flat().map((clip) => [nameOf(clip), clip]))
  near.delete(nameOf(key))
  return [...near.values()]
    .map(({ likeness: other, ...clip }) => ({ ...clip, distance: distanceOf(likeness, other) }))
    .filter(({ distance }) => distance <= farthest)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, limit)
}
