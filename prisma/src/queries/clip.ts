import type { Selection } from "kysely"
import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import type { Tables } from "../generated/tables.ts"
import { clipStates, kindOf } from "../kinds.ts"
import { kyselyOf } from "../kysely.ts"
import { noFigures } from "./clip/audio.ts"
import type { ClipKey } from "./clip/filter.ts"
import { removeItems } from "./removal.ts"

const columns = {
  projectId: true,
  id: true,
  name: true,
  code: true,
  metadata: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  state: true,
  problem: true,
} as const satisfies Prisma.ClipSelect

const fields = [
  ...(["c.project_id as projectId", "c.id", "c.name", "c.code", "c.metadata", "c.version"] as const),
  ...(["c.created_at as createdAt", "c.updated_at as updatedAt", "c.state", "c.problem"] as const),
] as const

export type ClipRow = Selection<{ c: Tables["clips"] }, "c", (typeof fields)[number]>

export type { ClipKey }

const ofClip = (db: Db, { projectId, id }: ClipKey) =>
  kyselyOf(db).selectFrom("clips as c").select(fields).where("c.project_id", "=", projectId).where("c.id", "=", id)

export const findClip = (db: Db, key: ClipKey): Promise<ClipRow | undefined> => ofClip(db, key).executeTakeFirst()

/** The projects that own a clip of this id, at most 20. */
export const listClipProjects = async (db: Db, id: string): Promise<string[]> => {
  const rows = await db.clip.findMany({
    where: { id },
    select: { projectId: true },
    orderBy: { projectId: "asc" },
    take: 20,
  })
  return rows.map(({ projectId }) => projectId)
}

/** The names of those of these ids that the project has a clip of. */
export const listClipNames = async (db: Db, projectId: string, ids: string[]): Promise<Map<string, string>> => {
  const rows = await db.clip.findMany({ where: { projectId, id: { in: ids } }, select: { id: true, name: true } })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The code of those of these ids that the project has a clip of, and the tempo at which it was heard. */
export const listClipCodes = (db: Db, projectId: string, ids: string[]) =>
  kyselyOf(db)
    .selectFrom("clips as c")
    .leftJoin("clip_versions as v", (join) =>
      join
        .onRef("v.project_id", "=", "c.project_id")
        .onRef("v.clip_id", "=", "c.id")
        .onRef("v.version", "=", "c.version"),
    )
    .select(["c.id", "c.name", "c.code", "v.cps"])
    .where("c.project_id", "=", projectId)
    .where("c.id", "in", ids)
    .execute()

/** Locks a clip's row until the transaction ends and reads it. */
export const lockClip = (tx: Db, key: ClipKey): Promise<ClipRow | undefined> =>
  ofClip(tx, key).forUpdate().executeTakeFirst()

const rowOf = (stored: Prisma.ClipGetPayload<{ select: typeof columns }>): ClipRow => ({
  ...stored,
  state: stored.state === null ? null : kindOf(clipStates, stored.state),
})

export interface NewClip extends ClipKey {
  name: string
  code: string
  metadata: Prisma.InputJsonObject
}

export const insertClip = async (db: Db, data: NewClip): Promise<ClipRow> =>
  rowOf(await db.clip.create({ data, select: columns }))

export interface ClipChange {
  name?: string | undefined
  code?: string | undefined
  metadata?: Prisma.InputJsonObject | undefined
}

/** Of code that nobody has listened to. */
const unheard = { state: null, problem: Prisma.DbNull, analysedAt: null, ...noFigures }

/** Changes a clip. Other code is yet to be listened to. */
export const updateClip = async (
  db: Db,
  { projectId, id }: ClipKey,
  { isSameCode, ...change }: ClipChange & { version: number; isSameCode: boolean },
): Promise<ClipRow> =>
  rowOf(
    await db.clip.update({
      where: { projectId_id: { projectId, id } },
      data: { ...change, ...(isSameCode ? {} : unheard) },
      select: columns,
    }),
  )

/** Removes a clip with its versions, and notes it; false where there is none of that key. Refused by the database where a song uses it. */
export const removeClip = async (tx: Db, { projectId, id }: ClipKey): Promise<boolean> =>
  (await removeItems(tx, "clip", { projectId, id })) > 0

/** The songs that a clip stands in, each once, at most 50. */
export const listSongsOfClip = (db: Db, { projectId, id }: ClipKey) =>
  db.song.findMany({
    where: { projectId, clips: { some: { clipId: id } } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take: 50,
  })
