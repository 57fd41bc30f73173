import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { allOf, columnList } from "./columns.ts"
import { nameCondition } from "./mistyped-name.ts"

const columns = {
  id: true,
  name: true,
  description: true,
  metadata: true,
  createdAt: true,
  updatedAt: true,
} as const satisfies Prisma.ProjectSelect

export interface PartCounts {
  clipCount: number
  songCount: number
  playlistCount: number
}

export type ProjectRow = Prisma.ProjectGetPayload<{ select: typeof columns }> & PartCounts

const counts = Prisma.sql`
  (SELECT count(*)::int FROM clips c WHERE c.project_id = p.id) AS "clipCount",
  (SELECT count(*)::int FROM songs g WHERE g.project_id = p.id) AS "songCount",
  (SELECT count(*)::int FROM playlists l WHERE l.project_id = p.id) AS "playlistCount"`

export interface ProjectFilter {
  nameContains?: string
  order:
    | { by: "updated"; after?: { updatedAt: Date; id: string } }
    | { by: "name"; after?: { name: string; id: string } }
  limit: number
}

/** Lists projects, the last changed first or by name. */
export async function listProjects(db: Db, { nameContains, order, limit }: ProjectFilter): Promise<ProjectRow[]> {
  const conditions = nameContains ? [await nameCondition(db, "projects", { text: nameContains })] : []
  if (order.by === "updated" && order.after) {
    conditions.push(Prisma.sql`(p.updated_at, p.id) < (${order.after.updatedAt}, ${order.after.id})`)
  }
  if (order.by === "name" && order.after) {
    conditions.push(Prisma.sql`(p.name, p.id) > (${order.after.name}, ${order.after.id})`)
  }
  const sorted = order.by === "updated" ? Prisma.sql`p.updated_at DESC, p.id DESC` : Prisma.sql`p.name, p.id`
  return db.$queryRaw<ProjectRow[]>`
    SELECT ${columnList(columns, "p")}, ${counts} FROM projects p WHERE ${allOf(conditions)}
    ORDER BY ${sorted} LIMIT ${limit}`
}

export async function findProject(db: Db, id: string): Promise<ProjectRow | undefined> {
  const [row] = await db.$queryRaw<ProjectRow[]>`
    SELECT ${columnList(columns, "p")}, ${counts} FROM projects p WHERE p.id = ${id}`
  return row
}

/** Holds a project's row until the transaction ends and tells when it changed; undefined where there is none. */
export async function lockProject(tx: Db, id: string): Promise<Date | undefined> {
  const [row] = await tx.$queryRaw<{ updatedAt: Date }[]>`
    SELECT p.updated_at AS "updatedAt" FROM projects p WHERE p.id = ${id} FOR UPDATE`
  return row?.updatedAt
}

export const insertProject = (db: Db, data: Prisma.ProjectUncheckedCreateInput) =>
  db.project.create({ data, select: columns })

/** Makes the project with its id as name where it is not there. */
export const ensureProject = (db: Db, id: string): Promise<number> =>
  db.$executeRaw`INSERT INTO projects (id, name, updated_at) VALUES (${id}, ${id}, now()) ON CONFLICT (id) DO NOTHING`

export const updateProject = (db: Db, id: string, data: Prisma.ProjectUncheckedUpdateInput) =>
  db.project.update({ where: { id }, data, select: columns })

/** Removes a project with all that it holds, what refers before what it refers to; false where there is none. */
export async function removeProject(tx: Db, id: string): Promise<boolean> {
  await tx.playlist.deleteMany({ where: { projectId: id } })
  await tx.song.deleteMany({ where: { projectId: id } })
  return (await tx.project.deleteMany({ where: { id } })).count > 0
}

/** The ids of all that a project holds. */
export async function listItemIds(db: Db, projectId: string): Promise<Record<"clip" | "song" | "playlist", string[]>> {
  const of = { where: { projectId }, select: { id: true } }
  const [clips, songs, playlists] = [
    await db.clip.findMany(of),
    await db.song.findMany(of),
    await db.playlist.findMany(of),
  ]
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)
  return { clip: ids(clips), song: ids(songs), playlist: ids(playlists) }
}
