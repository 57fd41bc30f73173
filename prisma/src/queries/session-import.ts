import { sql } from "kysely"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import { kyselyOf } from "../kysely.ts"
import { type SessionRow, sessionFields } from "./session.ts"

export interface ImportedKeys {
  ids: string[]
  /** Objects of which a session's metadata contain one under `imported`. */
  imported: Prisma.InputJsonObject[]
  /** Sessions that each of those objects finds, the first made first. */
  limit: number
}

/** Finds sessions by their ids and by what their metadata say of an import, each once. */
export const listImported = (db: Db, { ids, imported, limit }: ImportedKeys): Promise<SessionRow[]> =>
  kyselyOf(db)
    .selectFrom("sessions as s")
    .select(sessionFields)
    .where(({ eb, selectFrom }) => {
      const given = sql<{ id: string }>`unnest(${ids}::uuid[])`.as<"given">(sql`given(id)`)
      const keys = sql<{ value: Prisma.JsonValue }>`jsonb_array_elements(${JSON.stringify(imported)}::jsonb)`
      const ofKey = selectFrom("sessions as i")
        .select(["i.id", "i.created_at"])
        .where("i.metadata", "@>", sql<string>`jsonb_build_object('imported', ${sql.ref("key.value")})`)
        // Keeps the search by metadata from becoming a walk through an index of times.
        .offset(sql<number>`0`)
        .as("f")
      const found = selectFrom(keys.as<"key">(sql`key(value)`))
        .crossJoinLateral((lateral) =>
          lateral.selectFrom(ofKey).select("f.id").orderBy("f.created_at").orderBy("f.id").limit(limit).as("found"),
        )
        .select("found.id")
      const wanted = selectFrom(given).select("given.id").union(found)
      return eb("s.id", "=", sql<string>`any(ARRAY${wanted})`)
    })
    .orderBy("s.created_at")
    .orderBy("s.id")
    .execute()
