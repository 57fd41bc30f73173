import { sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import { kyselyOf } from "../../kysely.ts"
import { openStates } from "../run.ts"
import { anyOf } from "../sql/input-rows.ts"
import { changesOfEnded } from "./runs.ts"

const fields = [
  ...(["r.id", "r.page", "r.name", "r.search"] as const),
  ...(["r.created_at as createdAt", "r.updated_at as updatedAt"] as const),
] as const

/** Reads the next saved views by their ids. */
export async function readViews(db: Db, after: { id: string } | undefined, limit: number) {
  const rows = await kyselyOf(db)
    .selectFrom("saved_views as r")
    .select(fields)
    .where("r.id", ">", after?.id ?? "00000000-0000-0000-0000-000000000000")
    .orderBy("r.id")
    .limit(limit)
    .execute()
  return { rows, more: rows.length === limit }
}

/** The saved views of these ids, and those of these names. */
export const listStoredViews = (db: Db, { ids, names }: { ids: string[]; names: string[] }) =>
  kyselyOf(db)
    .selectFrom("saved_views as r")
    .select(fields)
    .where(({ or, eb }) => or([eb("r.id", "=", anyOf("uuid", ids)), eb("r.name", "=", anyOf("text", names))]))
    .execute()

export const insertViews = (tx: Db, data: Prisma.SavedViewCreateManyInput[]) => tx.savedView.createMany({ data })

const all = sql<number>`count(*)::int`.as("count")

/** How many rows of each kind there are. */
export async function countRows(db: Db) {
  const k = kyselyOf(db)
  const of = async (rows: { executeTakeFirst(): Promise<{ count: number } | undefined> }) =>
    (await rows.executeTakeFirst())?.count ?? 0
  return {
    view: await of(k.selectFrom("saved_views").select(all)),
    project: await of(k.selectFrom("projects").select(all)),
    clip: await of(k.selectFrom("clips").select(all)),
    clipVersion: await of(k.selectFrom("clip_versions").select(all)),
    song: await of(k.selectFrom("songs").select(all)),
    songVersion: await of(k.selectFrom("song_versions").select(all)),
    playlist: await of(k.selectFrom("playlists").select(all)),
    playlistVersion: await of(k.selectFrom("playlist_versions").select(all)),
    file: await of(k.selectFrom("project_files").select(all)),
    session: await of(k.selectFrom("sessions").select(all)),
    memoryFile: await of(k.selectFrom("memory_files").select(all)),
    // Counted where they are counted in: a table of millions is not read for it.
    message: await of(
      k
        .selectFrom("sessions as r")
        .select(({ ref }) => [sql<number>`coalesce(sum(${ref("r.message_count")}), 0)::int`.as("count")]),
    ),
    run: await of(k.selectFrom("runs as r").where("r.state", "not in", openStates).select(all)),
    runChange: await of(changesOfEnded(db).select(all)),
  }
}
