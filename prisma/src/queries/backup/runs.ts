import { sql } from "kysely"
import type { Db } from "../../client.ts"
import { Prisma } from "../../generated/client.ts"
import { kyselyOf } from "../../kysely.ts"
import { openStates } from "../run.ts"
import { anyOf, inputRows } from "../sql/input-rows.ts"
import { readFitting } from "./fitting.ts"
import { beforeAll } from "./sessions.ts"

export interface RunPlace {
  sessionId: string
  number: number
}

export interface ChangePlace extends RunPlace {
  callId: string
}

const runFields = [
  ...(["r.session_id as sessionId", "r.run_number as number", "r.state", "r.asked_index as askedIndex"] as const),
  ...(["r.continues", "r.message_index as messageIndex", "r.provider", "r.model"] as const),
  ...(["r.prompt_hash as promptHash", "r.tools_hash as toolsHash", "r.input_tokens as inputTokens"] as const),
  ...(["r.cached_tokens as cachedTokens", "r.output_tokens as outputTokens", "r.cost", "r.steps"] as const),
  ...(["r.failure", "r.stopped_by as stoppedBy", "r.created_at as createdAt"] as const),
  ...(["r.begun_at as begunAt", "r.ended_at as endedAt"] as const),
] as const

/** Reads the next runs that have ended, by their keys. */
export function readRuns(db: Db, after: RunPlace | undefined, limit: number) {
  const from = kyselyOf(db)
    .selectFrom("runs as r")
    .where("r.state", "not in", openStates)
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("r.session_id", "r.run_number"), ">", tuple(after?.sessionId ?? beforeAll, after?.number ?? 0)),
    )
    .orderBy("r.session_id")
    .orderBy("r.run_number")
  return readFitting(limit, {
    sizes: (most, bytesOf) =>
      from
        .select(({ ref, fn }) => bytesOf(fn.coalesce(ref("r.steps"), sql<Prisma.JsonValue>`'[]'::jsonb`)).as("bytes"))
        .limit(most)
        .execute(),
    rows: (most) => from.select(runFields).limit(most).execute(),
  })
}

/** The runs of these keys. */
export const listStoredRuns = (db: Db, keys: RunPlace[]) =>
  kyselyOf(db)
    .selectFrom(
      inputRows(
        "k",
        { session_id: "uuid", run_number: "int" },
        keys.map(({ sessionId, number }) => ({ session_id: sessionId, run_number: number })),
      ),
    )
    .innerJoin("runs as r", (join) =>
      join.onRef("r.session_id", "=", "k.session_id").onRef("r.run_number", "=", "k.run_number"),
    )
    .select(runFields)
    .execute()

/** A run as it is to be stored. */
export type NewRun = Omit<Prisma.RunCreateManyInput, "failure"> & { failure: Prisma.InputJsonObject | null }

export const insertRuns = (tx: Db, runs: NewRun[]) =>
  tx.run.createMany({ data: runs.map(({ failure, ...run }) => ({ ...run, failure: failure ?? Prisma.DbNull })) })

/** Which of these sessions have a run that has not ended. */
export const listSessionsAtWork = async (db: Db, sessionIds: string[]): Promise<string[]> => {
  const rows = await kyselyOf(db)
    .selectFrom("runs as r")
    .select("r.session_id as id")
    .where("r.session_id", "=", anyOf("uuid", sessionIds))
    .where("r.state", "in", openStates)
    .execute()
  return rows.map(({ id }) => id)
}

/** Lets sessions count their runs on from these numbers; one that is further stays there. */
export async function raiseRunCounts(tx: Db, counts: { id: string; count: number }[]): Promise<void> {
  await kyselyOf(tx)
    .updateTable("sessions as r")
    .from(inputRows("k", { id: "uuid", count: "int" }, counts))
    .set(({ ref }) => ({ run_count: sql<number>`greatest(${ref("r.run_count")}, ${ref("k.count")})` }))
    .whereRef("r.id", "=", "k.id")
    .execute()
}

const changeFields = [
  ...(["r.session_id as sessionId", "r.run_number as number", "r.call_id as callId", "r.state"] as const),
  ...(["r.operation", "r.project_id as projectId", "r.item_type as itemType", "r.item_id as itemId"] as const),
  ...(["r.item_name as itemName", "r.text_before as textBefore", "r.text_after as textAfter"] as const),
  ...(["r.base_version as baseVersion", "r.version", "r.created_at as createdAt"] as const),
  ...(["r.decided_at as decidedAt"] as const),
] as const

/** The changes of runs that have ended. */
export const changesOfEnded = (db: Db) =>
  kyselyOf(db)
    .selectFrom("run_changes as r")
    .innerJoin("runs as run", (join) =>
      join
        .onRef("run.session_id", "=", "r.session_id")
        .onRef("run.run_number", "=", "r.run_number")
        .on("run.state", "not in", openStates),
    )

/** Reads the next changes of runs that have ended, by their keys. */
export function readRunChanges(db: Db, after: ChangePlace | undefined, limit: number) {
  const from = changesOfEnded(db)
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple("r.session_id", "r.run_number", "r.call_id"),
        ">",
        tuple(after?.sessionId ?? beforeAll, after?.number ?? 0, after?.callId ?? ""),
      ),
    )
    .orderBy("r.session_id")
    .orderBy("r.run_number")
    .orderBy("r.call_id")
  return readFitting(limit, {
    sizes: (most, bytesOf) =>
      from
        .select(({ ref, fn }) =>
          bytesOf(
            ref("r.operation"),
            fn.coalesce(ref("r.text_before"), sql<string>`''`),
            fn.coalesce(ref("r.text_after"), sql<string>`''`),
          ).as("bytes"),
        )
        .limit(most)
        .execute(),
    rows: (most) => from.select(changeFields).limit(most).execute(),
  })
}

/** The changes of these keys. */
export const listStoredRunChanges = (db: Db, keys: ChangePlace[]) =>
  kyselyOf(db)
    .selectFrom(
      inputRows(
        "k",
        { session_id: "uuid", run_number: "int", call_id: "text" },
        keys.map(({ sessionId, number, callId }) => ({ session_id: sessionId, run_number: number, call_id: callId })),
      ),
    )
    .innerJoin("run_changes as r", (join) =>
      join
        .onRef("r.session_id", "=", "k.session_id")
        .onRef("r.run_number", "=", "k.run_number")
        .onRef("r.call_id", "=", "k.call_id"),
    )
    .select(changeFields)
    .execute()

/** A change as it is to be stored. */
export type NewRunChange = Omit<Prisma.RunChangeCreateManyInput, "runNumber"> & { number: number }

export const insertRunChanges = (tx: Db, changes: NewRunChange[]) =>
  tx.runChange.createMany({ data: changes.map(({ number, ...change }) => ({ ...change, runNumber: number })) })
