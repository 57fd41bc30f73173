import { isDeepStrictEqual } from "node:util"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import { type ClipKey, type ClipRow, insertClip, lockClip, updateClip } from "./clip.ts"
import { metadataOf } from "./columns.ts"
import { ensureProject } from "./project.ts"

const versionColumns = {
  projectId: true,
  clipId: true,
  version: true,
  name: true,
  code: true,
  metadata: true,
  sessionId: true,
  messageIndex: true,
  createdAt: true,
} as const satisfies Prisma.ClipVersionSelect

export interface VersionOrigin {
  sessionId: string
  messageIndex?: number | undefined
}

/** Writes down a clip as it is. */
const insertClipVersion = (tx: Db, clip: ClipRow, origin: VersionOrigin | undefined) =>
  tx.clipVersion.create({
    data: {
      projectId: clip.projectId,
      clipId: clip.id,
      version: clip.version,
      name: clip.name,
      code: clip.code,
      metadata: clip.metadata ?? {},
      sessionId: origin?.sessionId ?? null,
      messageIndex: origin?.messageIndex ?? null,
    },
    select: { version: true },
  })

/** Lists a clip's versions, the newest first, below a version where given. */
export const listClipVersions = (db: Db, key: ClipKey, { before, limit }: { before?: number; limit: number }) =>
  db.clipVersion.findMany({
    where: { projectId: key.projectId, clipId: key.id, ...(before === undefined ? {} : { version: { lt: before } }) },
    select: versionColumns,
    orderBy: { version: "desc" },
    take: limit,
  })

export const findClipVersion = (db: Db, { projectId, id }: ClipKey, version: number) =>
  db.clipVersion.findUnique({
    where: { projectId_clipId_version: { projectId, clipId: id, version } },
    select: versionColumns,
  })

export interface NewClip extends ClipKey {
  name: string
  code: string
  metadata: Prisma.InputJsonObject
}

/** Stores a clip and its first version; a project that is not there is made with its id as name. */
export async function createClip(tx: Db, clip: NewClip, origin?: VersionOrigin): Promise<ClipRow> {
  await ensureProject(tx, clip.projectId)
  const row = await insertClip(tx, clip)
  await insertClipVersion(tx, row, origin)
  return row
}

export interface ClipChange {
  name?: string | undefined
  code?: string | undefined
  metadata?: Prisma.InputJsonObject | undefined
}

export interface ClipRevision {
  key: ClipKey
  change: ClipChange
  /** The version that the change was made on. */
  expectedVersion?: number | undefined
  origin?: VersionOrigin | undefined
}

/**
 * Changes a clip and writes its next version; a change of nothing writes none. Undefined where there is no such clip,
 * "changed" where its version is not the expected one.
 */
export async function reviseClip(tx: Db, revision: ClipRevision): Promise<ClipRow | "changed" | undefined> {
  const { key, change, expectedVersion, origin } = revision
  const current = await lockClip(tx, key)
  if (!current) return undefined
  if (expectedVersion !== undefined && current.version !== expectedVersion) return "changed"
  const { name = current.name, code = current.code, metadata } = change
  const sameMetadata =
    metadata === undefined || isDeepStrictEqual(JSON.parse(JSON.stringify(metadata)), current.metadata)
  if (name === current.name && code === current.code && sameMetadata) return current
  const row = await updateClip(tx, key, {
    name,
    code,
    ...(metadata === undefined ? {} : { metadata }),
    version: current.version + 1,
  })
  await insertClipVersion(tx, row, origin)
  return row
}

/** Makes a former version of a clip its next one; undefined where there is no such clip or version. */
export async function restoreClip(tx: Db, key: ClipKey, version: number): Promise<ClipRow | "changed" | undefined> {
  const former = await findClipVersion(tx, key, version)
  if (!former) return undefined
  const { name, code, metadata } = former
  return reviseClip(tx, { key, change: { name, code, metadata: metadataOf(metadata) } })
}
