import { isDeepStrictEqual } from "node:util"
import { Clip, type ClipKey } from "@strudel-agent/contract/clip"
import {
  type ClipBulkFailure,
  ClipColorMany,
  ClipDeleteMany,
  ClipDuplicate,
  ClipMoveMany,
  ClipsChanged,
  ClipsDeleted,
  ClipsMoved,
  ClipTagMany,
} from "@strudel-agent/contract/clip-bulk"
import { checkJson, type JsonObject } from "@strudel-agent/contract/json"
import { limits } from "@strudel-agent/contract/limits"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import { findClip } from "@strudel-agent/database/queries/clip"
import {
  type ClipMove,
  listClipIdsLike,
  listClipUses,
  lockClips,
  moveClips,
  removeClips,
  reviseClipMetadata,
} from "@strudel-agent/database/queries/clip-bulk"
import { createClip } from "@strudel-agent/database/queries/clip-version"
import { metadataOf } from "@strudel-agent/database/queries/columns"
import { ensureProject } from "@strudel-agent/database/queries/project"
import { inTransaction, partByPart } from "@strudel-agent/database/transaction"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { ApiError } from "../errors.ts"
import { takeFilesAlong } from "../folder/moved-files.ts"
import { beginningOf, freeId } from "../free-id.ts"
import { retag } from "../retag.ts"
import { writer } from "../trpc.ts"

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
async function reviseAll(
  tx: Db,
  keys: ClipKey[],
  change: (metadata: JsonObject) => JsonObject,
): Promise<z.input<typeof ClipsChanged>> {
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
}

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

async function deleteAll(tx: Db, keys: ClipKey[]): Promise<z.input<typeof ClipsDeleted>> {
  const { clips, failed } = await lockAll(tx, keys)
  const { free, failed: used } = await unused(tx, clips)
  await removeClips(tx, free)
  return { keys: free.map(({ projectId, id }) => ({ projectId, id })), failed: [...failed, ...used] }
}

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
    await moveClips(tx, moves)
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

async function duplicate(tx: Db, { key, toProjectId = key.projectId, ...wanted }: ClipDuplicate) {
  const clip = await findClip(tx, key)
  if (!clip) throw new ApiError("CLIP_NOT_FOUND", "There is no such clip.")
  const ids =
    wanted.id === undefined ? new Set(await listClipIdsLike(tx, toProjectId, [beginningOf(key.id)])) : undefined
  const id = wanted.id ?? freeId(key.id, (other) => ids?.has(other) ?? false)
  const name = wanted.name ?? (toProjectId === key.projectId ? copyName(clip.name) : clip.name)
  return createClip(tx, { projectId: toProjectId, id, name, code: clip.code, metadata: metadataOf(clip.metadata) })
}

/** Calls for many clips at once. Each is one transaction; what it cannot change it leaves as it is and reports. */
export const clipBulkRouter = {
  /** Adds and removes tags; each clip that changes gets a version. */
  tagMany: writer
    .input(ClipTagMany)
    .output(ClipsChanged)
    .mutation(({ ctx, input: { keys, ...tags } }) =>
      inTransaction(ctx.database.db, (tx) =>
        reviseAll(tx, keys, (metadata) => ({ ...metadata, tags: retag(metadata.tags, tags) })),
      ),
    ),

  /** Gives a colour or takes it away; each clip that changes gets a version. */
  colorMany: writer
    .input(ClipColorMany)
    .output(ClipsChanged)
    .mutation(({ ctx, input: { keys, color } }) =>
      inTransaction(ctx.database.db, (tx) =>
        reviseAll(tx, keys, ({ color: _, ...metadata }) => (color === null ? metadata : { ...metadata, color })),
      ),
    ),

  /** Deletes clips with their versions; those that songs use stay. */
  deleteMany: writer
    .input(ClipDeleteMany)
    .output(ClipsDeleted)
    .mutation(({ ctx, input }) => inTransaction(ctx.database.db, (tx) => deleteAll(tx, input.keys))),

  /** Moves clips to a project with their versions, the files they came from and the sessions about them. */
  moveMany: writer
    .input(ClipMoveMany)
    .output(ClipsMoved)
    .mutation(({ ctx, input }) => inTransaction(ctx.database.db, (tx) => moveAll(tx, input), isDuplicate)),

  /** Makes a clip of another's name, code and metadata, at its first version. */
  duplicate: writer
    .input(ClipDuplicate)
    .output(Clip)
    .mutation(async ({ ctx, input }) => {
      try {
        // A free id may be taken by another at that moment: then there is a next one.
        const passing = (error: unknown) => input.id === undefined && isDuplicate(error)
        return await inTransaction(ctx.database.db, (tx) => duplicate(tx, input), passing)
      } catch (error) {
        if (!isDuplicate(error)) throw error
        throw new ApiError("CLIP_EXISTS", "The project has a clip of this id already.")
      }
    }),
} satisfies TRPCRouterRecord
