import { type ExpressionBuilder, sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import type { Tables } from "../../generated/tables.ts"
import type { ClipState } from "../../kinds.ts"
import { kyselyOf } from "../../kysely.ts"
import { count, jsonOf, now } from "../sql/columns.ts"
import { inputRows } from "../sql/input-rows.ts"
import type { ClipKey } from "./filter.ts"

export interface ClipVersionKey extends ClipKey {
  version: number
}

export interface ClaimedVersion extends ClipVersionKey {
  code: string
}

/** Seconds until a version that a server claimed and never told of may be claimed again. */
export const claimSeconds = 120

const isFree = ({ eb, or }: ExpressionBuilder<{ v: Tables["clip_versions"] }, "v">) =>
  or([eb("v.claimed_until", "is", null), eb("v.claimed_until", "<", now)])

/**
 * Claims versions that nobody has listened to, the newest first; no other server gets them until the claim ends. Of two
 * servers that ask at once one may get none. The rows are not locked first: no statement does that on many machines.
 */
export const claimVersions = (db: Db, limit: number): Promise<ClaimedVersion[]> =>
  kyselyOf(db)
    .with(
      (cte) => cte("picked").materialized(),
      (qb) =>
        qb
          .selectFrom("clip_versions as v")
          .select(["v.project_id", "v.clip_id", "v.version"])
          .where("v.state", "is", null)
          .where(isFree)
          .orderBy("v.created_at", "desc")
          .limit(limit),
    )
    .updateTable("clip_versions as v")
    .from("picked as p")
    .set({ claimed_until: sql<Date>`now() + make_interval(secs => ${claimSeconds}::double precision)` })
    .whereRef("v.project_id", "=", "p.project_id")
    .whereRef("v.clip_id", "=", "p.clip_id")
    .whereRef("v.version", "=", "p.version")
    // As it is by now: whoever waited for another's claim of the same version does not get it.
    .where("v.state", "is", null)
    .where(isFree)
    .returning(["v.project_id as projectId", "v.clip_id as id", "v.version", "v.code"])
    .execute()

/** Begins to change a version that nobody has listened to. */
const updateUnheard = (db: Db, { projectId, id, version }: ClipVersionKey) =>
  kyselyOf(db)
    .updateTable("clip_versions as v")
    .where("v.project_id", "=", projectId)
    .where("v.clip_id", "=", id)
    .where("v.version", "=", version)
    .where("v.state", "is", null)

/**
 * Counts that a server begins to listen to a version, so that one which ends the server is known by it, and none that was
 * claimed beside it. The count, this time included; null where the version is gone or was listened to meanwhile.
 */
export async function countAttempt(db: Db, key: ClipVersionKey): Promise<number | null> {
  const row = await updateUnheard(db, key)
    .set((eb) => ({ attempts: eb("v.attempts", "+", 1) }))
    .returning("v.attempts")
    .executeTakeFirst()
  return row?.attempts ?? null
}

/** Takes back a count: the server could not listen for a reason that is not the version's. */
export async function uncountAttempt(db: Db, key: ClipVersionKey): Promise<void> {
  await updateUnheard(db, key)
    .set(({ ref }) => ({ attempts: sql<number>`greatest(${ref("v.attempts")} - 1, 0)` }))
    .execute()
}

/** Gives back what was claimed and not listened to. */
export async function releaseVersions(db: Db, keys: ClipVersionKey[]): Promise<void> {
  if (keys.length === 0) return
  await kyselyOf(db)
    .updateTable("clip_versions as v")
    .from(inputRows("k", { projectId: "text", id: "text", version: "int" }, keys))
    .set({ claimed_until: null })
    .whereRef("v.project_id", "=", "k.projectId")
    .whereRef("v.clip_id", "=", "k.id")
    .whereRef("v.version", "=", "k.version")
    .where("v.state", "is", null)
    .execute()
}

export interface StoredAnalysis {
  state: ClipState
  /** Where the state is "fails", and only there. */
  problem: Prisma.InputJsonObject | null
  cps: number | null
  events: number | null
  cycles: number | null
  sounds: string[]
  samples: string[]
  picture: Prisma.InputJsonObject | null
}

const json = (value: Prisma.InputJsonObject | null) => value && JSON.stringify(value)

/** Stores what the server found, whatever was known. */
export async function storeAnalysis(db: Db, key: ClipVersionKey, found: StoredAnalysis): Promise<void> {
  await store(db, key, { found })
}

/** Stores what somebody else found of a version that takes longer than the server listens; false where it does not. */
export const settleAnalysis = (db: Db, key: ClipVersionKey, found: StoredAnalysis): Promise<boolean> =>
  store(db, key, { found, of: "slow" })

/** A clip with its version, held as by whoever changes or moves it. */
export const lockedClip = (db: Db, { projectId, id }: ClipKey) =>
  kyselyOf(db)
    .selectFrom("clips as c")
    .select(["c.project_id", "c.id", "c.version"])
    .where("c.project_id", "=", projectId)
    .where("c.id", "=", id)
    .forNoKeyUpdate()

/**
 * Stores what was found of a version, of one of a state where given, and tells the clip where it still is of this
 * version. The clip is locked first, as by whoever changes or moves it. Its `updated_at` stays.
 */
async function store(
  db: Db,
  { projectId, id, version }: ClipVersionKey,
  { found, of }: { found: StoredAnalysis; of?: ClipState },
): Promise<boolean> {
  const { state, cps, events, cycles, sounds, samples } = found
  const [problem, picture] = [json(found.problem), json(found.picture)]
  const { stored } = await kyselyOf(db)
    .with(
      (cte) => cte("clip").materialized(),
      () => lockedClip(db, { projectId, id }),
    )
    .with("heard", (qb) =>
      qb
        .updateTable("clip_versions as v")
        .from("clip")
        .set({ state, problem, cps, events, cycles, sounds, samples, picture, claimed_until: null })
        .whereRef("v.project_id", "=", "clip.project_id")
        .whereRef("v.clip_id", "=", "clip.id")
        .where("v.project_id", "=", projectId)
        .where("v.version", "=", version)
        .$if(of !== undefined, (update) => update.where("v.state", "=", of ?? null))
        .returning("v.version"),
    )
    .with("shown", (qb) =>
      qb
        .updateTable("clips as c")
        .from(["clip", "heard"])
        .set({ state, problem, analysed_at: now })
        .whereRef("c.project_id", "=", "clip.project_id")
        .whereRef("c.id", "=", "clip.id")
        .where("c.project_id", "=", projectId)
        .whereRef("c.version", "=", "heard.version"),
    )
    .selectNoFrom(({ exists, selectFrom }) => exists(selectFrom("heard").select("heard.version")).as("stored"))
    .executeTakeFirstOrThrow()
  return stored === true
}

/** What a version of the same code as another takes over from it, which is called `f`. */
export const heardOf = ({ ref }: ExpressionBuilder<{ f: Tables["clip_versions"] }, "f">) => ({
  state: ref("f.state"),
  problem: jsonOf(ref("f.problem")),
  cps: ref("f.cps"),
  events: ref("f.events"),
  cycles: ref("f.cycles"),
  sounds: ref("f.sounds"),
  samples: ref("f.samples"),
  picture: jsonOf(ref("f.picture")),
  audio: jsonOf(ref("f.audio")),
  audio_problem: ref("f.audio_problem"),
})

/** Takes what was found of a former version over to one of the same code. */
export async function copyAnalysis(tx: Db, { projectId, id, version }: ClipVersionKey, former: number): Promise<void> {
  await kyselyOf(tx)
    .updateTable("clip_versions as v")
    .from("clip_versions as f")
    .set((eb) => heardOf(eb))
    .where("f.project_id", "=", projectId)
    .where("f.clip_id", "=", id)
    .where("f.version", "=", former)
    .where("v.project_id", "=", projectId)
    .where("v.clip_id", "=", id)
    .where("v.version", "=", version)
    .execute()
}

/** Versions that wait for somebody to listen are counted up to so many. */
export const mostCounted = 10_000

/** How many versions nobody has listened to yet, at most 10,000. */
export async function countWaitingVersions(db: Db): Promise<number> {
  const row = await kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom("clip_versions as v")
        .select(sql`1`.as("one"))
        .where("v.state", "is", null)
        .limit(mostCounted)
        .as("waiting"),
    )
    .select(count)
    .executeTakeFirstOrThrow()
  return row.count
}
