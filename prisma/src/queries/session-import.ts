import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import { columnList } from "./columns.ts"
import { type SessionRow, sessionColumns } from "./session.ts"

export interface ImportedKeys {
  ids: string[]
  /** Objects of which a session's metadata contain one under `imported`. */
  imported: Prisma.InputJsonObject[]
  /** Sessions that each of those objects finds, the first made first. */
  limit: number
}

/** Finds sessions by their ids and by what their metadata say of an import, each once. */
export const listImported = (db: Db, { ids, imported, limit }: ImportedKeys): Promise<SessionRow[]> =>
  // OFFSET 0 keeps the search by metadata from becoming a walk through an index of times.
  db.$queryRaw<SessionRow[]>`
    SELECT ${columnList(sessionColumns, "s")} FROM sessions s
    WHERE s.id = ANY (ARRAY(
      SELECT id FROM unnest(${ids}::uuid[]) AS given(id)
      UNION
      SELECT found.id FROM jsonb_array_elements(${JSON.stringify(imported)}::jsonb) AS key(value), LATERAL (
        SELECT f.id FROM (
          SELECT i.id, i.created_at FROM sessions i
          WHERE i.metadata @> jsonb_build_object('imported', key.value) OFFSET 0
        ) f ORDER BY f.created_at, f.id LIMIT ${limit}
      ) found
    ))
    ORDER BY s.created_at, s.id`
