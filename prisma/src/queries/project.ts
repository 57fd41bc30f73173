import { type SqlBool, sql } from "kysely"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import { type ItemKind, itemKinds, itemTables } from "../item-kinds.ts"
import { kyselyOf } from "../kysely.ts"
import { insertRemovals, removeItems } from "./removal.ts"
import { nameCondition } from "./search/mistyped-name.ts"
import { count, now, oneOf, rawOf } from "./sql/columns.ts"
import { inputRows } from "./sql/input-rows.ts"

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

type Project = Omit<ProjectRow, keyof PartCounts>

const projects = (db: Db) =>
  kyselyOf(db)
    .selectFrom("projects as p")
    .select(["p.id", "p.name", "p.description", "p.metadata", "p.created_at as createdAt", "p.updated_at as updatedAt"])

const parts = { clipCount: "clips", songCount: "songs", playlistCount: "playlists" } as const

/** How many rows of a table each of some projects has, those apart that have none: projects do not lie where their parts lie. */
const heldBy = (db: Db, projects: { id: string }[], kind: keyof PartCounts) =>
  kyselyOf(db)
    .selectFrom(
      inputRows(
        "k",
        { id: "text" },
        projects.map(({ id }) => ({ id })),
      ),
    )
    // Grouped by what says where the rows lie, or no machine could count them by itself.
    .innerJoinLateral(
      (qb) =>
        qb
          .selectFrom(oneOf(parts[kind]).as("t"))
          .select(["t.project_id", count])
          .whereRef("t.project_id", "=", "k.id")
          .groupBy("t.project_id")
          .as("h"),
      (join) => join.onTrue(),
    )
    .select([sql<keyof PartCounts>`${sql.lit(kind)}`.as("kind"), "k.id", "h.count"])

/** How many clips each of some projects has. */
export async function countClips(db: Db, projects: { id: string }[]): Promise<ReadonlyMap<string, number>> {
  const rows = projects.length > 0 ? await heldBy(db, projects, "clipCount").execute() : []
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** Adds how much each project holds, by a statement of its own. */
async function withCounts(db: Db, rows: Project[]): Promise<ProjectRow[]> {
  if (rows.length === 0) return []
  const counts = await heldBy(db, rows, "clipCount")
    .unionAll(heldBy(db, rows, "songCount"))
    .unionAll(heldBy(db, rows, "playlistCount"))
    .execute()
  const none: PartCounts = { clipCount: 0, songCount: 0, playlistCount: 0 }
  const byProject = new Map<string, PartCounts>()
  for (const { kind, id, count } of counts) byProject.set(id, { ...(byProject.get(id) ?? none), [kind]: count })
  return rows.map((row) => ({ ...row, ...(byProject.get(row.id) ?? none) }))
}

export interface ProjectFilter {
  nameContains?: string
  order:
    | { by: "updated"; after?: { updatedAt: Date; id: string } }
    | { by: "name"; after?: { name: string; id: string } }
  limit: number
}

/** Lists projects, the last changed first or by name. */
export async function listProjects(db: Db, { nameContains, order, limit }: ProjectFilter): Promise<ProjectRow[]> {
  const named = nameContains && (await nameCondition(db, "projects", { text: nameContains }))
  let page = projects(db).limit(limit)
  if (named) page = page.where(rawOf<SqlBool>(named))
  if (order.by === "updated") {
    const { after } = order
    page = page.orderBy("p.updated_at", "desc").orderBy("p.id", "desc")
    if (after) {
      page = page.where(({ eb, refTuple, tuple }) =>
        eb(refTuple("p.updated_at", "p.id"), "<", tuple(after.updatedAt, after.id)),
      )
    }
  } else {
    const { after } = order
    page = page.orderBy("p.name").orderBy("p.id")
    if (after) {
      page = page.where(({ eb, refTuple, tuple }) => eb(refTuple("p.name", "p.id"), ">", tuple(after.name, after.id)))
    }
  }
  return withCounts(db, await page.execute())
}

export async function findProject(db: Db, id: string): Promise<ProjectRow | undefined> {
  const [project] = await withCounts(db, await projects(db).where("p.id", "=", id).execute())
  return project
}

/** Holds a project's row until the transaction ends and tells when it changed; undefined where there is none. */
export async function lockProject(tx: Db, id: string): Promise<Date | undefined> {
  const row = await kyselyOf(tx)
    .selectFrom("projects as p")
    .select("p.updated_at as updatedAt")
    .where("p.id", "=", id)
    .forUpdate()
    .executeTakeFirst()
  return row?.updatedAt
}

export const insertProject = (db: Db, data: Prisma.ProjectUncheckedCreateInput) =>
  db.project.create({ data, select: columns })

/**
 * Makes the project with its id as name where it is not there, and holds it until the transaction ends: nobody removes it
 * before something is put into it.
 */
export async function ensureProject(tx: Db, id: string): Promise<void> {
  const kysely = kyselyOf(tx)
  const hold = kysely.selectFrom("projects").select("id").where("id", "=", id).forKeyShare()
  do {
    await kysely
      .insertInto("projects")
      .values({ id, name: id, updated_at: now })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute()
    // Whoever was removing it may have ended in between.
  } while (!(await hold.executeTakeFirst()))
}

export interface ProjectFields {
  name?: string | undefined
  description?: string | undefined
  metadata?: Prisma.InputJsonObject | undefined
}

export const updateProject = (db: Db, id: string, data: ProjectFields & { updatedAt?: Date }) =>
  db.project.update({ where: { id }, data, select: columns })

/**
 * Removes a project with all that it holds, what refers before what it refers to, and notes each; false where there is
 * none. The project is held first: what is made in it at that moment is removed with the rest, or not made.
 */
export async function removeProject(tx: Db, id: string): Promise<boolean> {
  if (!(await lockProject(tx, id))) return false
  for (const kind of itemKinds.toReversed()) await removeItems(tx, kind, { projectId: id })
  await kyselyOf(tx).deleteFrom("projects").where("id", "=", id).execute()
  await insertRemovals(tx, "project", [{ projectId: id, id }])
  return true
}

/** The ids of all that a project holds. */
export function listItemIds(db: Db, projectId: string): Promise<{ kind: ItemKind; id: string }[]> {
  const idsOf = (kind: ItemKind) =>
    kyselyOf(db)
      .selectFrom(oneOf(itemTables[kind]).as("t"))
      .select([sql<ItemKind>`${sql.lit(kind)}`.as("kind"), "t.id"])
      .where("t.project_id", "=", projectId)
  return itemKinds
    .slice(1)
    .reduce((all, kind) => all.unionAll(idsOf(kind)), idsOf(itemKinds[0]))
    .execute()
}
