import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { allOf, columnList, containing } from "./columns.ts"

const columns = {
  projectId: true,
  id: true,
  name: true,
  code: true,
  metadata: true,
  version: true,
  createdAt: true,
  updatedAt: true,
} as const satisfies Prisma.ClipSelect

export type ClipRow = Prisma.ClipGetPayload<{ select: typeof columns }>

export interface ClipKey {
  projectId: string
  id: string
}

export interface ClipFilter {
  projectId?: string
  /** A part of the name or of the code, in any case. */
  contains?: string
  tag?: string
  bpmMin?: number
  bpmMax?: number
  scale?: string
  order: { by: "updated"; after?: ClipKey & { updatedAt: Date } } | { by: "name"; after?: ClipKey & { name: string } }
  limit: number
}

/** The tempo of a clip; the expression of the index on it. */
const bpm = Prisma.sql`(CASE WHEN jsonb_typeof(c.metadata -> 'bpm') = 'number' THEN (c.metadata ->> 'bpm')::double precision END)`

/** Lists clips, the last changed first or by name. */
export function listClips(db: Db, filter: ClipFilter): Promise<ClipRow[]> {
  const { projectId, contains, tag, bpmMin, bpmMax, scale, order, limit } = filter
  const conditions = [
    ...(projectId ? [Prisma.sql`c.project_id = ${projectId}`] : []),
    ...(contains ? [Prisma.sql`(c.name ILIKE ${containing(contains)} OR c.code ILIKE ${containing(contains)})`] : []),
    ...(tag ? [Prisma.sql`c.metadata @> ${JSON.stringify({ tags: [tag] })}::jsonb`] : []),
    ...(scale ? [Prisma.sql`c.metadata @> ${JSON.stringify({ scale })}::jsonb`] : []),
    ...(bpmMin !== undefined ? [Prisma.sql`${bpm} >= ${bpmMin}::double precision`] : []),
    ...(bpmMax !== undefined ? [Prisma.sql`${bpm} <= ${bpmMax}::double precision`] : []),
  ]
  if (order.by === "updated" && order.after) {
    const { updatedAt, projectId: project, id } = order.after
    conditions.push(Prisma.sql`(c.updated_at, c.project_id, c.id) < (${updatedAt}, ${project}, ${id})`)
  }
  if (order.by === "name" && order.after) {
    const { name, projectId: project, id } = order.after
    conditions.push(Prisma.sql`(c.name, c.project_id, c.id) > (${name}, ${project}, ${id})`)
  }
  const sorted =
    order.by === "updated"
      ? Prisma.sql`c.updated_at DESC, c.project_id DESC, c.id DESC`
      : Prisma.sql`c.name, c.project_id, c.id`
  return db.$queryRaw<ClipRow[]>`
    SELECT ${columnList(columns, "c")} FROM clips c WHERE ${allOf(conditions)} ORDER BY ${sorted} LIMIT ${limit}`
}

export const findClip = (db: Db, { projectId, id }: ClipKey): Promise<ClipRow | null> =>
  db.clip.findUnique({ where: { projectId_id: { projectId, id } }, select: columns })

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

/** Which of these ids the project has a clip of. */
export const listClipIds = async (db: Db, projectId: string, ids: string[]): Promise<string[]> => {
  const rows = await db.clip.findMany({ where: { projectId, id: { in: ids } }, select: { id: true } })
  return rows.map(({ id }) => id)
}

/** Locks a clip's row until the transaction ends and reads it. */
export async function lockClip(tx: Db, { projectId, id }: ClipKey): Promise<ClipRow | undefined> {
  const [row] = await tx.$queryRaw<ClipRow[]>`
    SELECT ${columnList(columns, "c")} FROM clips c WHERE c.project_id = ${projectId} AND c.id = ${id} FOR UPDATE`
  return row
}

export const insertClip = (db: Db, data: Prisma.ClipUncheckedCreateInput): Promise<ClipRow> =>
  db.clip.create({ data, select: columns })

export const updateClip = (
  db: Db,
  { projectId, id }: ClipKey,
  data: Prisma.ClipUncheckedUpdateInput,
): Promise<ClipRow> => db.clip.update({ where: { projectId_id: { projectId, id } }, data, select: columns })

/** Removes a clip with its versions; false where there is none of that key. Refused by the database where a song uses it. */
export const removeClip = async (db: Db, { projectId, id }: ClipKey): Promise<boolean> =>
  (await db.clip.deleteMany({ where: { projectId, id } })).count > 0

/** The songs that a clip stands in, each once, at most 50. */
export const listSongsOfClip = (db: Db, { projectId, id }: ClipKey) =>
  db.song.findMany({
    where: { projectId, clips: { some: { clipId: id } } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take: 50,
  })
