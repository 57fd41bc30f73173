import type { ClipDelete, ClipFind, ClipKey, ClipUpdate, ClipVersionKey } from "@strudel-agent/contract/clip"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import {
  type ClipChange,
  type ClipRow,
  findClip,
  insertClip,
  listClipProjects,
  listSongsOfClip,
  lockClip,
  type NewClip,
  removeClip,
  updateClip as writeClip,
} from "@strudel-agent/database/queries/clip"
import { copyAnalysis } from "@strudel-agent/database/queries/clip/analysis"
import { findClipAnalysis, findClipVersion, insertClipVersion } from "@strudel-agent/database/queries/clip/version"
import { ensureProject } from "@strudel-agent/database/queries/project"
import { removeProjectFileOf } from "@strudel-agent/database/queries/project-file"
import { metadataOf } from "@strudel-agent/database/queries/sql/columns"
import type { VersionOrigin } from "@strudel-agent/database/queries/version-origin"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { z } from "zod"
import { LibraryError } from "./failure.ts"
import { expectUnchanged } from "./last-change.ts"
import { changesAnything } from "./revision.ts"
import { soleOwner } from "./sole-owner.ts"

/** What a version came from. */
interface Origin {
  origin?: VersionOrigin | undefined
}

export const noClip = () => new LibraryError("CLIP_NOT_FOUND", "There is no such clip.")

const whenChanged = { reason: "CLIP_CHANGED", what: "clip" } as const

function present(clip: ClipRow | undefined): ClipRow {
  if (!clip) throw noClip()
  return clip
}

/** A clip with the songs that it stands in, and what it plays; fails where it is not there. */
export async function readClip(db: Db, key: ClipKey) {
  const [row, songs] = await Promise.all([findClip(db, key), listSongsOfClip(db, key)])
  const clip = present(row)
  const found = await findClipAnalysis(db, clip)
  if (!found?.state) return { ...clip, songs, picture: null, analysis: null, level: null }
  const { picture, state: _, loudness, peak, ...analysis } = found
  const level = loudness === null || peak === null ? null : { loudness, peak }
  return { ...clip, songs, picture, analysis, level }
}

/** The one clip of an id, in whichever project; several are a failure that names their projects. */
export async function findClipAnywhere(db: Db, { id, projectId }: z.output<typeof ClipFind>) {
  return readClip(db, { id, projectId: projectId ?? soleOwner(await listClipProjects(db, id), "CLIP_NOT_FOUND") })
}

/** Stores a clip and its first version; a project that is not there is made with its id as name. */
export async function createClip(db: Db, { origin, ...clip }: NewClip & Origin): Promise<ClipRow> {
  try {
    return await inTransaction(db, async (tx) => {
      await ensureProject(tx, clip.projectId)
      const row = await insertClip(tx, clip)
      await insertClipVersion(tx, row, origin)
      return row
    })
  } catch (cause) {
    if (!isDuplicate(cause)) throw cause
    const words = `The project "${clip.projectId}" has a clip "${clip.id}" already.`
    throw new LibraryError("CLIP_EXISTS", words, { cause })
  }
}

/**
 * Locks a clip, asks what is to change of it as it is, and writes that with its next version; a change of nothing writes
 * none. Undefined where there is no such clip.
 */
export const reviseClip = (
  db: Db,
  key: ClipKey,
  revise: (current: ClipRow) => (ClipChange & Origin) | Promise<ClipChange & Origin>,
): Promise<ClipRow | undefined> =>
  inTransaction(db, async (tx) => {
    const current = await lockClip(tx, key)
    if (!current) return undefined
    const { origin, ...change } = await revise(current)
    if (!changesAnything(current, change)) return current
    const isSameCode = change.code === undefined || change.code === current.code
    const row = await writeClip(tx, key, { ...change, version: current.version + 1, isSameCode })
    await insertClipVersion(tx, row, origin)
    if (isSameCode && current.state) await copyAnalysis(tx, { ...key, version: row.version }, current.version)
    return row
  })

/** Changes a clip that is in the expected state, and writes its next version. */
export async function updateClip(db: Db, { projectId, id, ...input }: ClipUpdate): Promise<ClipRow> {
  const { expectedVersion, expectedUpdatedAt, ...revision } = input
  return present(
    await reviseClip(db, { projectId, id }, (current) => {
      expectUnchanged(current, { expectedVersion, expectedUpdatedAt }, whenChanged)
      return revision
    }),
  )
}

/** Makes a former version of a clip its next one. */
export async function restoreClip(db: Db, { version, ...key }: z.output<typeof ClipVersionKey>): Promise<ClipRow> {
  return inTransaction(db, async (tx) => {
    const former = await findClipVersion(tx, key, version)
    if (!former) throw new LibraryError("CLIP_VERSION_NOT_FOUND", "The clip has no such version.")
    const { name, code, metadata } = former
    return present(await reviseClip(tx, key, () => ({ name, code, metadata: metadataOf(metadata) })))
  })
}

/** Deletes a clip in the expected state with its versions; refused where a song uses it. */
export async function deleteClip(
  db: Db,
  { projectId, id, ...expected }: z.output<typeof ClipDelete>,
): Promise<ClipKey> {
  const key = { projectId, id }
  await inTransaction(db, async (tx) => {
    expectUnchanged(present(await lockClip(tx, key)), expected, whenChanged)
    // Nobody puts a locked clip into a song.
    const names = (await listSongsOfClip(tx, key)).map(({ name }) => name)
    if (names.length > 0) {
      throw new LibraryError("CLIP_IN_USE", `The clip is used by the songs: ${names.join(", ")}.`, { names })
    }
    await removeProjectFileOf(tx, projectId, { type: "clip", id })
    await removeClip(tx, key)
  })
  return key
}
