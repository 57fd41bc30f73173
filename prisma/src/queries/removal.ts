import { sql } from "kysely"
import type { Db } from "../client.ts"
import { type ItemKind, itemTables } from "../item-kinds.ts"
import type { RemovalKind } from "../kinds.ts"
import { kyselyOf } from "../kysely.ts"
import { inputRows } from "./sql/input-rows.ts"

/** Notes what the transaction deleted, so that open lists hear of it: whoever deletes has to, in the same transaction. */
export async function insertRemovals(
  tx: Db,
  kind: RemovalKind,
  removed: { projectId: string | null; id: string }[],
): Promise<void> {
  if (removed.length === 0) return
  await kyselyOf(tx)
    .insertInto("removals")
    .columns(["kind", "project_id", "item_id"])
    .expression(({ selectFrom }) =>
      selectFrom(inputRows("gone", { projectId: "text", id: "text" }, removed)).select([
        sql<RemovalKind>`${kind}`.as("kind"),
        "gone.projectId",
        "gone.id",
      ]),
    )
    .execute()
}

/** Removes a project's items of a kind, or one of them, and notes it; answers how many. */
export async function removeItems(
  tx: Db,
  kind: ItemKind,
  { projectId, id }: { projectId: string; id?: string },
): Promise<number> {
  const rows = await kyselyOf(tx)
    .deleteFrom(itemTables[kind])
    .where("project_id", "=", projectId)
    .$if(id !== undefined, (removal) => removal.where("id", "=", id ?? ""))
    .returning("id")
    .execute()
  await insertRemovals(
    tx,
    kind,
    rows.map((row) => ({ projectId, id: row.id })),
  )
  return rows.length
}
