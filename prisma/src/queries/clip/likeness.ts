import { sql } from "kysely"
import type { Db } from "../../client.ts"
import { kyselyOf } from "../../kysely.ts"
import type { ClipKey } from "./filter.ts"

/** What a clip is compared by: empty where it is not measured, and of silence; undefined where there is no such clip. */
export async function findLikeness(db: Db, { projectId, id }: ClipKey): Promise<number[] | undefined> {
  const row = await kyselyOf(db)
    .selectFrom("clips as c")
    .select("c.likeness")
    .where("c.project_id", "=", projectId)
    .where("c.id", "=", id)
    .executeTakeFirst()
  return row && (row.likeness ?? [])
}

/**
 * Two of the numbers that clips are compared by, or sums of them, as points of a plane: brightness and density; the low
 * and the high bands. Each is the expression of an index, which yields the nearest points in order.
 */
const planes = {
  tone: {
    point: sql`point(c.likeness[7], c.likeness[8])`,
    at: (likeness: number[]) => [likeness[6], likeness[7]],
  },
  bands: {
    point: sql`point(c.likeness[1] + c.likeness[2], c.likeness[5] + c.likeness[6])`,
    at: ([sub = 0, bass = 0, , , highMids = 0, highs = 0]: number[]) => [sub + bass, highMids + highs],
  },
}

export interface NearClip extends ClipKey {
  likeness: number[]
}

/** The clips whose points of a plane are nearest to that of what is given, at most so many, in any order. */
export async function listNear(
  db: Db,
  likeness: number[],
  { plane, limit }: { plane: keyof typeof planes; limit: number },
): Promise<NearClip[]> {
  const { point, at } = planes[plane]
  const [x = 0, y = 0] = at(likeness)
  return kyselyOf(db)
    .selectFrom("clips as c")
    .select(["c.project_id as projectId", "c.id"])
    .select(sql<number[]>`c.likeness`.as("likeness"))
    .where(sql<boolean>`c.likeness <> '{}'`)
    .orderBy(sql`${point} <-> point(${x}::double precision, ${y}::double precision)`)
    .limit(limit)
    .execute()
}
