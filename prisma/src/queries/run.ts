import { type Selection, sql } from "kysely"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import type { Tables } from "../generated/tables.ts"
import type { RunState } from "../kinds.ts"
import { kyselyOf } from "../kysely.ts"
import { now } from "./sql/columns.ts"
import { inputRows } from "./sql/input-rows.ts"

export interface RunKey {
  sessionId: string
  number: number
}

/** The columns of a run that is read, on a row `r`. */
export const runFields = [
  "r.session_id as sessionId",
  "r.run_number as number",
  "r.state",
  "r.asked_index as askedIndex",
  "r.continues",
  "r.message_index as messageIndex",
  "r.provider",
  "r.model",
  "r.prompt_hash as promptHash",
  "r.tools_hash as toolsHash",
  "r.input_tokens as inputTokens",
  "r.cached_tokens as cachedTokens",
  "r.output_tokens as outputTokens",
  "r.cost",
  "r.event_count as eventCount",
  "r.failure",
  "r.stopped_by as stoppedBy",
  "r.revision",
  "r.changes_revision as changesRevision",
  "r.created_at as createdAt",
  "r.begun_at as begunAt",
  "r.ended_at as endedAt",
] as const

export type RunRow = Selection<{ r: Tables["runs"] }, "r", (typeof runFields)[number]>

export const openStates = ["queued", "running"] as const satisfies RunState[]

const runOf = (db: Db, { sessionId, number }: RunKey) =>
  kyselyOf(db).selectFrom("runs as r").where("r.session_id", "=", sessionId).where("r.run_number", "=", number)

const updateRun = (db: Db, { sessionId, number }: RunKey) =>
  kyselyOf(db).updateTable("runs as r").where("r.session_id", "=", sessionId).where("r.run_number", "=", number)

export const findRun = (db: Db, key: RunKey): Promise<RunRow | undefined> =>
  runOf(db, key).select(runFields).executeTakeFirst()

/** A run as whoever ends it reads it: who works on it, and what it has written. */
export const lockRun = (tx: Db, key: RunKey) =>
  runOf(tx, key)
    .select([...runFields, "r.worker", "r.attempts", "r.written_bytes as writtenBytes"])
    .select((eb) => eb("r.lease_until", "<", now).as("hasLeaseEnded"))
    .forUpdate()
    .executeTakeFirst()

/** What was put together of a run's events once it had ended; null before. */
export const findRunSteps = async (db: Db, key: RunKey): Promise<Prisma.JsonValue> =>
  (await runOf(db, key).select("r.steps").executeTakeFirst())?.steps ?? null

/** Lists a session's runs, the newest first. */
export const listRuns = (
  db: Db,
  { sessionId, before, limit }: { sessionId: string; before?: number | undefined; limit: number },
): Promise<RunRow[]> =>
  kyselyOf(db)
    .selectFrom("runs as r")
    .select(runFields)
    .where("r.session_id", "=", sessionId)
    .$if(before !== undefined, (qb) => qb.where("r.run_number", "<", before ?? 0))
    .orderBy("r.run_number", "desc")
    .limit(limit)
    .execute()

/** What whoever begins a run reads of its session, locked until the transaction ends. */
export const lockSessionRuns = (tx: Db, sessionId: string) =>
  kyselyOf(tx)
    .selectFrom("sessions as s")
    .select(["s.status", "s.answered_by as answeredBy", "s.change_mode as changeMode"])
    .select(["s.message_count as messageCount", "s.run_count as runCount"])
    .select(["s.asked_count as askedCount", "s.taken_count as takenCount"])
    .where("s.id", "=", sessionId)
    .forUpdate()
    .executeTakeFirst()

/** Sessions that wait for an answer, those that wait longest first; whether one may be begun is to be seen under its lock. */
export const listWaitingSessions = async (db: Db, limit: number): Promise<string[]> => {
  const rows = await kyselyOf(db)
    .selectFrom("sessions as s")
    .select("s.id")
    .whereRef("s.asked_count", ">", "s.taken_count")
    .where("s.answered_by", "=", "strudel")
    .where("s.status", "<>", "terminated")
    // One with an open run waits for the end of that.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("runs as r")
            .select("r.run_number")
            .whereRef("r.session_id", "=", "s.id")
            .whereRef("r.run_number", "=", "s.run_count")
            .where("r.state", "in", openStates),
        ),
      ),
    )
    .orderBy("s.last_activity")
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Runs that wait for a process, the oldest first. */
export const listQueuedRuns = (db: Db, limit: number): Promise<RunKey[]> =>
  kyselyOf(db)
    .selectFrom("runs as r")
    .select(["r.session_id as sessionId", "r.run_number as number"])
    .where("r.state", "in", openStates)
    .where("r.state", "=", "queued")
    .orderBy("r.created_at")
    .limit(limit)
    .execute()

/** Runs whose process has not said for too long that it is at work on them. */
export const listLeftRuns = (db: Db, limit: number): Promise<RunKey[]> =>
  kyselyOf(db)
    .selectFrom("runs as r")
    .select(["r.session_id as sessionId", "r.run_number as number"])
    .where("r.state", "in", openStates)
    .where("r.lease_until", "<", now)
    .orderBy("r.created_at")
    .limit(limit)
    .execute()

/** Begins the next run of a session that is locked, in a state. */
export async function insertRun(
  tx: Db,
  sessionId: string,
  run: { number: number; askedIndex: number; continues: boolean },
): Promise<void> {
  await kyselyOf(tx)
    .insertInto("runs")
    .values({
      session_id: sessionId,
      run_number: run.number,
      asked_index: run.askedIndex,
      continues: run.continues,
      state: "queued",
    })
    .execute()
  await kyselyOf(tx)
    .updateTable("sessions as s")
    .set(({ ref }) => ({ run_count: run.number, taken_count: ref("s.asked_count"), updated_at: now }))
    .where("s.id", "=", sessionId)
    .execute()
}

const leaseFor = (seconds: number) => sql<Date>`now() + make_interval(secs => ${seconds}::double precision)`

/** Gives a queued run to a worker; undefined where it is not queued any more. */
export const takeRun = (tx: Db, key: RunKey, worker: string, leaseSeconds: number): Promise<RunRow | undefined> =>
  updateRun(tx, key)
    .set((eb) => ({
      state: "running",
      worker,
      lease_until: leaseFor(leaseSeconds),
      attempts: eb("r.attempts", "+", 1),
      revision: eb("r.revision", "+", 1),
      // The first moment of all; Citus takes no coalesce around a moment.
      begun_at: sql<Date>`least(${eb.ref("r.begun_at")}, now())`,
    }))
    .where("r.state", "=", "queued")
    .returning(runFields)
    .executeTakeFirst()

/** Lets a run wait for another worker. */
export async function queueRun(tx: Db, key: RunKey): Promise<void> {
  await updateRun(tx, key)
    .set((eb) => ({ state: "queued", worker: null, lease_until: null, revision: eb("r.revision", "+", 1) }))
    .execute()
}

export interface RunWriting extends RunKey {
  worker: string
  /** The index of the first event. */
  from: number
  events: Prisma.InputJsonObject[]
  provider?: string | undefined
  model?: string | undefined
  promptHash?: string | undefined
  toolsHash?: string | undefined
  leaseSeconds: number
  /** What a run may write in all, in characters of JSON. */
  mostBytes: number
}

const facts = ({ provider, model, promptHash, toolsHash }: RunWriting) => ({
  ...(provider === undefined ? {} : { provider }),
  ...(model === undefined ? {} : { model }),
  ...(promptHash === undefined ? {} : { prompt_hash: promptHash }),
  ...(toolsHash === undefined ? {} : { tools_hash: toolsHash }),
})

/**
 * Stores what a run writes, each event once, and says that its worker is at it, in one statement. Answers how many events
 * there are; undefined where the run is not this worker's any more, its session is terminated, events before these are missing, or
 * there would be too much.
 */
export async function writeRun(db: Db, writing: RunWriting): Promise<number | undefined> {
  const { sessionId, number, worker, from, events, leaseSeconds, mostBytes } = writing
  const changes = facts(writing)
  const bytes = events.reduce((sum, event) => sum + JSON.stringify(event).length, 0)
  const isNews = events.length > 0 || Object.keys(changes).length > 0
  const row = await kyselyOf(db)
    .with("written", (qb) =>
      qb
        .updateTable("runs as r")
        .set((eb) => ({
          ...changes,
          event_count: sql<number>`greatest(${eb.ref("r.event_count")}, ${from + events.length}::int)`,
          written_bytes: eb("r.written_bytes", "+", bytes),
          lease_until: leaseFor(leaseSeconds),
          ...(isNews ? { revision: eb("r.revision", "+", 1) } : {}),
        }))
        .where("r.session_id", "=", sessionId)
        .where("r.run_number", "=", number)
        .where("r.worker", "=", worker)
        .where("r.state", "=", "running")
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom("sessions as s")
              .select("s.id")
              .where("s.id", "=", sessionId)
              .where("s.status", "<>", "terminated"),
          ),
        )
        .where("r.event_count", ">=", from)
        .where("r.written_bytes", "<=", mostBytes - bytes)
        .returning(["r.session_id as sessionId", "r.run_number as number", "r.event_count as eventCount"]),
    )
    .with("stored", (qb) =>
      qb
        .insertInto("run_events")
        .columns(["session_id", "run_number", "event_index", "data"])
        .expression(({ selectFrom }) =>
          selectFrom(["written", inputRows("e", { place: "int", data: "jsonb" }, placed(events, from))]).select([
            ...(["written.sessionId", "written.number", "e.place", "e.data"] as const),
          ]),
        )
        .onConflict((conflict) => conflict.doNothing()),
    )
    .selectFrom("written")
    .select("eventCount")
    .executeTakeFirst()
  return row?.eventCount
}

const placed = (events: Prisma.InputJsonObject[], from: number) =>
  events.map((data, place) => ({ place: from + place, data }))

/** Reads events of an open run from one on, in order: as many as fit into so many characters, one at least. */
export async function listRunEvents(
  db: Db,
  { sessionId, number, from, mostCharacters }: RunKey & { from: number; mostCharacters: number },
): Promise<Prisma.JsonValue[]> {
  const rows = await kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom("run_events as e")
        .select(({ ref }) => [
          "e.event_index",
          "e.data",
          sql<number>`sum(length(${ref("e.data")}::text)) OVER (ORDER BY ${ref("e.event_index")})`.as("size"),
        ])
        .where("e.session_id", "=", sessionId)
        .where("e.run_number", "=", number)
        .where("e.event_index", ">=", from)
        .orderBy("e.event_index")
        .limit(1000)
        .as("w"),
    )
    .select("w.data")
    .where(({ eb, or }) => or([eb("w.size", "<=", mostCharacters), eb("w.event_index", "=", from)]))
    .orderBy("w.event_index")
    .execute()
  return rows.map(({ data }) => data)
}

/** Says that a session is another one in lists, without being active for it. */
export async function noteSession(tx: Db, sessionId: string): Promise<void> {
  await kyselyOf(tx).updateTable("sessions as s").set({ updated_at: now }).where("s.id", "=", sessionId).execute()
}

export interface RunEnd extends RunKey {
  state: RunState
  messageIndex: number | null
  steps: readonly object[]
  failure: Prisma.InputJsonObject | null
  stoppedBy?: string | null
  usage?: { inputTokens: number; cachedTokens: number; outputTokens: number }
  cost: number | null
}

/** Ends a run that is locked, as its session is; its events go, for what they were put together to stays. */
export async function endRun(tx: Db, { sessionId, number, ...end }: RunEnd): Promise<RunRow> {
  const key = { sessionId, number }
  const { usage } = end
  await kyselyOf(tx)
    .deleteFrom("run_events as e")
    .where("e.session_id", "=", sessionId)
    .where("e.run_number", "=", number)
    .execute()
  await noteSession(tx, sessionId)
  return updateRun(tx, key)
    .set((eb) => ({
      state: end.state,
      message_index: end.messageIndex,
      steps: JSON.stringify(end.steps),
      failure: end.failure && JSON.stringify(end.failure),
      stopped_by: end.stoppedBy ?? null,
      cost: end.cost,
      ...(usage
        ? { input_tokens: usage.inputTokens, cached_tokens: usage.cachedTokens, output_tokens: usage.outputTokens }
        : {}),
      lease_until: null,
      ended_at: now,
      revision: eb("r.revision", "+", 1),
    }))
    .returning(runFields)
    .executeTakeFirstOrThrow()
}

/** Notes what a run cost whose end did not know it. */
export const noteRunUsage = (
  tx: Db,
  key: RunKey,
  { usage, cost }: { usage: NonNullable<RunEnd["usage"]>; cost: number | null },
): Promise<RunRow> =>
  updateRun(tx, key)
    .set((eb) => ({
      input_tokens: usage.inputTokens,
      cached_tokens: usage.cachedTokens,
      output_tokens: usage.outputTokens,
      cost,
      revision: eb("r.revision", "+", 1),
    }))
    .returning(runFields)
    .executeTakeFirstOrThrow()

/** Says that the changes which the runs of a locked session propose are not as they were: its last run counts one up. */
export async function countRunChange(tx: Db, sessionId: string): Promise<void> {
  await noteSession(tx, sessionId)
  await kyselyOf(tx)
    .updateTable("runs as r")
    .set((eb) => ({ revision: eb("r.revision", "+", 1), changes_revision: eb("r.changes_revision", "+", 1) }))
    .where("r.session_id", "=", sessionId)
    .where("r.run_number", "=", ({ selectFrom }) =>
      selectFrom("sessions as s").select("s.run_count").where("s.id", "=", sessionId),
    )
    .execute()
}
