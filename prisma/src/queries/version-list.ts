import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { type BoundedRows, bytesOf, listBounded } from "./bounded-rows.ts"
import { columnList } from "./columns.ts"

/** A table of versions: how it names the item that they are of, its long text, and its ids in order where it has any. */
interface VersionTable {
  name: "clip_versions" | "song_versions" | "playlist_versions"
  item: "clip_id" | "song_id" | "playlist_id"
  text: "code" | "body"
  parts?: "clip_ids" | "song_ids"
  select: Record<string, true>
}

export interface VersionPage {
  projectId: string
  id: string
  /** A version below which the list begins. */
  before?: number | undefined
  limit: number
  /** Bytes of texts, metadata and ids after which the list ends. */
  maxBytes?: number
}

/** Lists an item's versions, the newest first. */
export function listVersionsOf<Row>(
  db: Db,
  { name, item, text, parts, select }: VersionTable,
  { projectId, id, before, limit, maxBytes }: VersionPage,
): Promise<BoundedRows<Row>> {
  const rows = Prisma.sql`
    SELECT v.* FROM ${Prisma.raw(name)} v WHERE v.project_id = ${projectId} AND v.${Prisma.raw(item)} = ${id}
      AND v.version < ${before ?? 2_147_483_647}::int ORDER BY v.version DESC LIMIT ${limit}`
  const partBytes = parts ? Prisma.raw(`octet_length(array_to_string(v.${parts}, ','))`) : Prisma.sql`0`
  return listBounded<Row>(db, {
    rows,
    as: "v",
    columns: columnList(select, "v"),
    bytes: Prisma.sql`(${bytesOf("v", text)} + ${partBytes})`,
    maxBytes,
  })
}
