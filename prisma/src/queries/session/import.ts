import { sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import { kyselyOf } from "../../kysely.ts"
import { type SessionRow, sessionFields } from "../session.ts"
import { anyOf } from "../sql/input-rows.ts"

export interface ImportedKeys {
  ids: string[]
  /** Objects of which a session's metadata contain one under `imported`. */
  imported: Prisma.InputJsonObject[]
  /** Sessions that each of those objects finds, the first made first. */
  limit: number
}

/** Finds sessions by their ids and by what their metadata say of an import, each once. */
export async function listImported(db: Db, { ids, imported, limit }: ImportedKeys): Promise<SessionRow[]> {
  const found = await listByKeys(db, imported, limit)
  return kyselyOf(db)
    .selectFrom("sessions as s")
    .select(sessionFields)
    .where("s.id", "=", anyOf("uuid", [...ids, ...found]))
    .orderBy("s.created_at")
    .orderBy("s.id")
    .execute()
}

/** The ids of the sessions that each object finds; each is a query of its own, which all machines answer. */
async function listByKeys(db: Db, imported: Prisma.InputJsonObject[], limit: number): Promise<string[]> {
  const [first, ...more] = imported.map((key) => {
    const having = kyselyOf(db)
      .selectFrom("sessions as i")
      .select(["i.id", "i.created_at"])
      .where("i.metadata", "@>", sql<string>`${JSON.stringify({ imported: key })}::jsonb`)
      // Keeps the search by metadata from becoming a walk through an index of times.
      .offset(sql.lit(0))
      .as("f")
    const oldest = kyselyOf(db).selectFrom(having).select("f.id").orderBy("f.created_at").orderBy("f.id").limit(limit)
    return kyselyOf(db).selectFrom(oldest.as("found")).select("found.id")
  })
  if (!first) return []
  const rows = await more.reduce((all, each) => all.unionAll(each), first).execute()
  return rows.map(({ id }) => id)
}
