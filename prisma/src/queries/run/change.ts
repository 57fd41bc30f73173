import { type Selection, sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import type { Tables } from "../../generated/tables.ts"
import type { RunChangeState, VersionedKind } from "../../kinds.ts"
import { kyselyOf } from "../../kysely.ts"
import type { RunKey } from "../run.ts"
import { boundsOf } from "../sql/bounded-rows.ts"
import { now } from "../sql/columns.ts"

export interface RunChangeKey extends RunKey {
  callId: string
}

const changeFields = [
  "c.session_id as sessionId",
  "c.run_number as number",
  "c.call_id as callId",
  "c.state",
  "c.operation",
  "c.project_id as projectId",
  "c.item_type as itemType",
  "c.item_id as itemId",
  "c.item_name as itemName",
  "c.text_before as textBefore",
  "c.text_after as textAfter",
  "c.base_version as baseVersion",
  "c.version",
  "c.created_at as createdAt",
  "c.decided_at as decidedAt",
] as const

export type RunChangeRow = Selection<{ c: Tables["run_changes"] }, "c", (typeof changeFields)[number]>

export interface NewRunChange extends RunChangeKey {
  state: RunChangeState
  operation: Prisma.InputJsonObject
  projectId: string
  itemType: VersionedKind
  itemId: string
  itemName: string
  textBefore: string | null
  textAfter: string | null
  baseVersion: number | null
  version: number | null
}

/** Changes that one reading lists at most. */
const mostListed = 200
const mostBytes = 2 * 1024 * 1024

export async function insertRunChange(tx: Db, change: NewRunChange): Promise<void> {
  await kyselyOf(tx)
    .insertInto("run_changes")
    .values({
      session_id: change.sessionId,
      run_number: change.number,
      call_id: change.callId,
      state: change.state,
      operation: JSON.stringify(change.operation),
      project_id: change.projectId,
      item_type: change.itemType,
      item_id: change.itemId,
      item_name: change.itemName,
      text_before: change.textBefore,
      text_after: change.textAfter,
      base_version: change.baseVersion,
      version: change.version,
      decided_at: change.state === "applied" ? now : null,
    })
    .execute()
}

const selectRunChange = (db: Db, { sessionId, number, callId }: RunChangeKey) =>
  kyselyOf(db)
    .selectFrom("run_changes as c")
    .select(changeFields)
    .where("c.session_id", "=", sessionId)
    .where("c.run_number", "=", number)
    .where("c.call_id", "=", callId)

export const findRunChange = (db: Db, key: RunChangeKey): Promise<RunChangeRow | undefined> =>
  selectRunChange(db, key).executeTakeFirst()

/** Locks a change until the transaction ends and reads it. */
export const lockRunChange = (tx: Db, key: RunChangeKey): Promise<RunChangeRow | undefined> =>
  selectRunChange(tx, key).forUpdate().executeTakeFirst()

/** Says what became of a change that is locked. */
export const decideRunChange = (
  tx: Db,
  { sessionId, number, callId }: RunChangeKey,
  { state, version }: { state: RunChangeState; version: number | null },
): Promise<RunChangeRow> =>
  kyselyOf(tx)
    .updateTable("run_changes as c")
    .set({ state, version, decided_at: now })
    .where("c.session_id", "=", sessionId)
    .where("c.run_number", "=", number)
    .where("c.call_id", "=", callId)
    .returning(changeFields)
    .executeTakeFirstOrThrow()

/** Lets what a session's runs proposed of an item give way to a later proposal. */
export async function replaceRunChanges(
  tx: Db,
  { sessionId, projectId, itemType, itemId }: Pick<NewRunChange, "sessionId" | "projectId" | "itemType" | "itemId">,
): Promise<void> {
  await kyselyOf(tx)
    .updateTable("run_changes as c")
    .set({ state: "replaced", decided_at: now })
    .where("c.session_id", "=", sessionId)
    .where("c.project_id", "=", projectId)
    .where("c.item_type", "=", itemType)
    .where("c.item_id", "=", itemId)
    .where("c.state", "=", "staged")
    .execute()
}

/** Changes that wait for a person in one session, of which what others need is read. */
const mostWaiting = 200

const waitingFields = [
  "c.session_id as sessionId",
  "c.run_number as number",
  "c.call_id as callId",
  "c.operation",
  "c.project_id as projectId",
  "c.item_type as itemType",
  "c.item_id as itemId",
  "c.item_name as itemName",
  "c.base_version as baseVersion",
] as const

export type WaitingChangeRow = Selection<{ c: Tables["run_changes"] }, "c", (typeof waitingFields)[number]>

/** Lists the first 200 changes of a session that wait for a person, in the order in which they were proposed. */
export const listWaitingChanges = (db: Db, sessionId: string): Promise<WaitingChangeRow[]> =>
  kyselyOf(db)
    .selectFrom("run_changes as c")
    .select(waitingFields)
    .where("c.session_id", "=", sessionId)
    .where("c.state", "=", "staged")
    .orderBy("c.run_number")
    .orderBy("c.created_at")
    .orderBy("c.call_id")
    .limit(mostWaiting)
    .execute()

export interface RunChangeFilter {
  sessionId: string
  number?: number | undefined
  state?: RunChangeState | undefined
}

/** Lists the last 200 changes of a session's runs, or so many of them as fit into 2 MiB, in the order in which they were made. */
export async function listRunChanges(db: Db, { sessionId, number, state }: RunChangeFilter): Promise<RunChangeRow[]> {
  const rows = await kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom(({ selectFrom: from }) =>
        from("run_changes as c")
          .selectAll("c")
          .where("c.session_id", "=", sessionId)
          .$if(number !== undefined, (qb) => qb.where("c.run_number", "=", number ?? 0))
          .$if(state !== undefined, (qb) => qb.where("c.state", "=", state ?? "staged"))
          .orderBy("c.run_number", "desc")
          .orderBy("c.created_at", "desc")
          .orderBy("c.call_id", "desc")
          .limit(mostListed)
          .as("c"),
      )
        .select(changeFields)
        .select(({ ref }) =>
          boundsOf(
            sql<number>`(coalesce(octet_length(${ref("c.text_before")}), 0) + coalesce(octet_length(${ref("c.text_after")}), 0))`,
          ),
        )
        .as("w"),
    )
    .selectAll("w")
    .where("w.bytes_before", "<", mostBytes)
    .execute()
  return rows.map(({ found: _, bytes_before: __, ...row }) => row).reverse()
}

/** How many characters of text the changes of a run hold, before and after them. */
export async function countRunChangeCharacters(db: Db, { sessionId, number }: RunKey): Promise<number> {
  const row = await kyselyOf(db)
    .selectFrom("run_changes as c")
    .select(({ ref }) =>
      sql<number>`coalesce(sum(coalesce(length(${ref("c.text_before")}), 0) + coalesce(length(${ref("c.text_after")}), 0)), 0)::int`.as(
        "characters",
      ),
    )
    .where("c.session_id", "=", sessionId)
    .where("c.run_number", "=", number)
    .executeTakeFirstOrThrow()
  return row.characters
}
