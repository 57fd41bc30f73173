import { isDeepStrictEqual } from "node:util"
import type { ClipKey } from "@strudel-agent/contract/clip"
import type {
  ClipBulkFailure,
  ClipColorMany,
  ClipDuplicate,
  ClipMoveMany,
  ClipsChanged,
  ClipsDeleted,
  ClipsMoved,
  ClipTagMany,
} from "@strudel-agent/contract/clip/bulk"
import { checkJson, type JsonObject } from "@strudel-agent/contract/json"
import { limits } from "@strudel-agent/contract/limits"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import { type ClipRow, findClip } from "@strudel-agent/database/queries/clip"
import {
  type ClipMove,
  listClipIdsLike,
  listClipUses,
  lockClips,
  moveClips as move,
  removeClips,
  reviseClipMetadata,
} from "@strudel-agent/database/queries/clip/bulk"
import { ensureProject } from "@strudel-agent/database/queries/project"
import { metadataOf } from "@strudel-agent/database/queries/sql/columns"
import { inTransaction, partByPart } from "@strudel-agent/database/transaction"
import type { z } from "zod"
import { createClip } from "./clip.ts"
import { LibraryError } from "./failure.ts"
import { takeFilesAlong } from "./folder/moved-files.ts"
import { beginningOf, freeId } from "./free-id.ts"
import { retag } from "./retag.ts"

const keyOf = ({ projectId, id }: ClipKey) => `${projectId}/${id}`

/** Locks the clips of a bulk call; those that are not there are its first failures. */
async function lockAll(tx: Db, keys: ClipKey[]) {
  const clips = await lockClips(tx, keys)
  const found = new Set(clips.map(keyOf))
  const failed: ClipBulkFailure[] = keys
    .filter((key) => !found.has(keyOf(key)))
    .map((key) => ({ ...key, reason: "CLIP_NOT_FOUND" }))
  return { clips, failed }
}

/** Changes the metadata of many clips; what is as wanted already gets no version. */
const reviseAll = (
  db: Db,
  keys: ClipKey[],
  change: (metadata: JsonObject) => JsonObject,
): Promise<z.input<typeof ClipsChanged>> =>
  inTransaction(db, async (tx) => {
    const { clips, failed } = await lockAll(tx, keys)
    const changes: (ClipKey & { metadata: JsonObject })[] = []
    for (const { projectId, id, metadata } of clips) {
      const stored: JsonObject = JSON.parse(JSON.stringify(metadataOf(metadata)))
      const changed = change(stored)
      if (isDeepStrictEqual(changed, stored)) continue
      if (checkJson(changed, limits.metadataBytes)) failed.push({ projectId, id, reason: "CLIP_METADATA_FULL" })
      else changes.push({ projectId, id, metadata: changed })
    }
    return { clips: await reviseClipMetadata(tx, changes), failed }
  })

/** Adds tags to clips and takes some off; each that changes gets a version. */
export const tagClips = (db: Db, { keys, ...tags }: ClipTagMany) =>
  reviseAll(db, keys, (metadata) => ({ ...metadata, tags: retag(metadata.tags, tags) }))

/** Gives clips a colour or takes it away; each that changes gets a version. */
export const colorClips = (db: Db, { keys, color }: ClipColorMany) =>
  reviseAll(db, keys, ({ color: _, ...metadata }) => (color === null ? metadata : { ...metadata, color }))

/** Tells locked clips that no song uses from those that one does. */
async function unused(tx: Db, clips: ClipKey[]) {
  const names = new Map<string, string[]>()
  for (const { songName, ...use } of await listClipUses(tx, clips)) {
    names.set(keyOf(use), [...(names.get(keyOf(use)) ?? []), songName])
  }
  return {
    free: clips.filter((clip) => !names.has(keyOf(clip))),
    failed: clips.flatMap(({ projectId, id }): ClipBulkFailure[] => {
      const songs = names.get(keyOf({ projectId, id }))
      return songs ? [{ projectId, id, reason: "CLIP_IN_USE", names: songs }] : []
    }),
  }
}

/** Deletes clips with their versions; those that songs use stay. */
export const deleteClips = (db: Db, keys: ClipKey[]): Promise<z.input<typeof ClipsDeleted>> =>
  inTransaction(db, async (tx) => {
    const { clips, failed } = await lockAll(tx, keys)
    const { free, failed: used } = await unused(tx, clips)
    await removeClips(tx, free)
    return { keys: free.map(({ projectId, id }) => ({ projectId, id })), failed: [...failed, ...used] }
  })

/** Moves clips to a project with their versions, the files they came from and the sessions about them. */
export const moveClips = (db: Db, wanted: ClipMoveMany): Promise<z.input<typeof ClipsMoved>> =>
  inTransaction(db, (tx) => moveAll(tx, wanted), isDuplicate)

async function moveAll(tx: Db, { keys, toProjectId, taken }: ClipMoveMany): Promise<z.input<typeof ClipsMoved>> {
  await partByPart(tx)
  const { clips, failed } = await lockAll(tx, keys)
  const leaving = clips.filter(({ projectId }) => projectId !== toProjectId)
  const { free, failed: used } = await unused(tx, leaving)
  const ids = new Set(
    await listClipIdsLike(
      tx,
      toProjectId,
      free.map(({ id }) => beginningOf(id)),
    ),
  )
  const moves: ClipMove[] = []
  for (const { projectId, id } of free) {
    if (ids.has(id) && taken === "stay") {
      failed.push({ projectId, id, reason: "CLIP_EXISTS" })
      continue
    }
    const next = freeId(id, (other) => ids.has(other))
    ids.add(next)
    moves.push({ from: { projectId, id }, to: { projectId: toProjectId, id: next } })
  }
  if (moves.length > 0) {
    await ensureProject(tx, toProjectId)
    await takeFilesAlong(tx, toProjectId, moves)
    await move(tx, moves)
  }
  return { moved: moves, failed: [...failed, ...used] }
}

/** A copy's name: the original's, as far as there is room for the word and no sign is cut in two. */
function copyName(name: string): string {
  const word = " copy"
  let start = ""
  for (const sign of name) {
    if (start.length + sign.length + word.length > limits.name) break
    start += sign
  }
  return `${start}${word}`
}

/**
 * Makes a clip of another's name, code and metadata, at its first version. Where no id is wanted it gets a free one, and
 * the next where another takes that at the same moment.
 */
export const duplicateClip = (
  db: Db,
  { key, toProjectId = key.projectId, ...wanted }: ClipDuplicate,
): Promise<ClipRow> =>
  inTransaction(
    db,
    async (tx) => {
      const clip = await findClip(tx, key)
      if (!clip) throw new LibraryError("CLIP_NOT_FOUND", "There is no such clip.")
      const ids =
        wanted.id === undefined ? new Set(await listClipIdsLike(tx, toProjectId, [beginningOf(key.id)])) : undefined
      const id = wanted.id ?? freeId(key.id, (other) => ids?.has(other) ?? false)
      const name = wanted.name ?? (toProjectId === key.projectId ? copyName(clip.name) : clip.name)
      const { code, metadata } = clip
      return createClip(tx, { projectId: toProjectId, id, name, code, metadata: metadataOf(metadata) })
    },
    (error) => wanted.id === undefined && isDuplicate(error),
  )
