import { type Expression, sql } from "kysely"
import type { Prisma } from "../generated/client.ts"
import { sizeOf } from "./sql/bounded-rows.ts"

export interface VersionPage {
  projectId: string
  id: string
  /** A version below which the list begins. */
  before?: number | undefined
  limit: number
  /** Bytes of texts, metadata and ids after which the list ends. */
  maxBytes?: number
}

/** Above every version. */
export const aboveAll = 2_147_483_647

/** The bytes of a row's long text, its metadata and the ids that it lists. */
export const sizeWithIds = (
  text: Expression<string>,
  metadata: Expression<Prisma.JsonValue>,
  ids: Expression<string[]>,
) => sql<number>`(${sizeOf(text, metadata)} + octet_length(array_to_string(${ids}, ',')))`
