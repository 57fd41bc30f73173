import { type ExpressionBuilder, sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import type { Tables } from "../../generated/tables.ts"
import { kyselyOf } from "../../kysely.ts"
import { now } from "../sql/columns.ts"
import { type ClipVersionKey, lockedClip } from "./analysis.ts"
import type { ClipKey } from "./filter.ts"

/** A version that plays, and so many cycles of what it plays. */
export interface UnmeasuredVersion extends ClipVersionKey {
  code: string
}

/** Seconds until a version that a server claimed and never told of may be claimed again. */
const claimSeconds = 600

/** Versions that play and that nobody has measured, nor failed at for good. */
const isUnmeasured = ({ eb, and }: ExpressionBuilder<{ v: Tables["clip_versions"] }, "v">) =>
  and([eb("v.state", "=", "plays"), eb("v.audio", "is", null), eb("v.audio_problem", "is", null)])

const isFree = ({ eb, or }: ExpressionBuilder<{ v: Tables["clip_versions"] }, "v">) =>
  or([eb("v.audio_claimed_until", "is", null), eb("v.audio_claimed_until", "<", now)])

/** Claims the newest version whose sound nobody has measured, and counts the attempt; none where there is none. */
export const claimUnmeasured = (db: Db): Promise<(UnmeasuredVersion & { attempts: number }) | undefined> =>
  kyselyOf(db)
    .with(
      (cte) => cte("picked").materialized(),
      (qb) =>
        qb
          .selectFrom("clip_versions as v")
          .select(["v.project_id", "v.clip_id", "v.version"])
          .where(isUnmeasured)
          .where(isFree)
          .orderBy("v.created_at", "desc")
          .limit(1),
    )
    .updateTable("clip_versions as v")
    .from("picked as p")
    .set((eb) => ({
      audio_claimed_until: sql<Date>`now() + make_interval(secs => ${claimSeconds}::double precision)`,
      audio_attempts: eb("v.audio_attempts", "+", 1),
    }))
    .whereRef("v.project_id", "=", "p.project_id")
    .whereRef("v.clip_id", "=", "p.clip_id")
    .whereRef("v.version", "=", "p.version")
    .where(isUnmeasured)
    .where(isFree)
    .returning(["v.project_id as projectId", "v.clip_id as id", "v.version", "v.code", "v.audio_attempts as attempts"])
    .executeTakeFirst()

/** Gives back what was claimed and not measured, for a reason that is not the version's. */
export async function releaseUnmeasured(db: Db, { projectId, id, version }: ClipVersionKey): Promise<void> {
  await kyselyOf(db)
    .updateTable("clip_versions as v")
    .set(({ ref }) => ({
      audio_claimed_until: null,
      audio_attempts: sql<number>`greatest(${ref("v.audio_attempts")} - 1, 0)`,
    }))
    .where("v.project_id", "=", projectId)
    .where("v.clip_id", "=", id)
    .where("v.version", "=", version)
    .execute()
}

/** The figures that clips are filtered, sorted and compared by. */
export interface SoundFigures {
  loudness: number | null
  peak: number | null
  brightness: number | null
  density: number | null
  clipping: boolean | null
  likeness: number[]
}

/** What was measured, or why it could not be. */
export type StoredAudio = { audio: Prisma.InputJsonObject; figures: SoundFigures } | { problem: string }

/** Of what nobody has measured. */
export const noFigures: SoundFigures = {
  ...{ loudness: null, peak: null, brightness: null, density: null, clipping: null, likeness: [] },
}

/** Stores what a version sounds like, and tells the clip where it still is of this version; its `updated_at` stays. */
export async function storeAudio(
  db: Db,
  { projectId, id, version }: ClipVersionKey,
  found: StoredAudio,
): Promise<void> {
  const audio = "audio" in found ? JSON.stringify(found.audio) : null
  const figures = "audio" in found ? found.figures : noFigures
  const audio_problem = "problem" in found ? found.problem : null
  await kyselyOf(db)
    .with(
      (cte) => cte("clip").materialized(),
      () => lockedClip(db, { projectId, id }),
    )
    .with("measured", (qb) =>
      qb
        .updateTable("clip_versions as v")
        .from("clip")
        .set({ audio, audio_problem, audio_claimed_until: null })
        .whereRef("v.project_id", "=", "clip.project_id")
        .whereRef("v.clip_id", "=", "clip.id")
        .where("v.project_id", "=", projectId)
        .where("v.version", "=", version)
        .returning("v.version"),
    )
    .updateTable("clips as c")
    .from(["clip", "measured"])
    .set({ ...figures, analysed_at: now })
    .whereRef("c.project_id", "=", "clip.project_id")
    .whereRef("c.id", "=", "clip.id")
    .where("c.project_id", "=", projectId)
    .whereRef("c.version", "=", "measured.version")
    .execute()
}

/** What a version sounds like, and the one before it or another one, the later first. */
export const listAudio = (db: Db, { projectId, id, version, since }: ClipKey & { version: number; since?: number }) =>
  kyselyOf(db)
    .selectFrom("clip_versions as v")
    .select(["v.version", "v.state", "v.audio", "v.audio_problem as problem"])
    .where("v.project_id", "=", projectId)
    .where("v.clip_id", "=", id)
    .$if(since === undefined, (query) => query.where("v.version", "<=", version))
    .$if(since !== undefined, (query) => query.where("v.version", "in", [version, since ?? version]))
    .orderBy("v.version", "desc")
    .limit(2)
    .execute()
