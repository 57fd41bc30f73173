import type { ClipFilter, ClipRow } from "@strudel-agent/database/queries/clip"
import type { ClipCondition, ClipOrder } from "@strudel-agent/database/queries/clip-filter"
import { decodeCursor, places } from "./cursor.ts"
import type { ClipList, ClipSort } from "./schema/clip.ts"
import type { ClipFilter as AskedFilter } from "./schema/clip-bulk.ts"

function orderOf({ sort, cursor }: Pick<ClipList, "sort" | "cursor">): ClipOrder {
  switch (sort) {
    case "updated": {
      const [updatedAt, projectId, id] = decodeCursor(places.updated, cursor) ?? []
      return { by: sort, after: updatedAt && projectId && id ? { updatedAt, projectId, id } : undefined }
    }
    case "created": {
      const [, createdAt, projectId, id] = decodeCursor(places.created, cursor) ?? []
      return { by: sort, after: createdAt && projectId && id ? { createdAt, projectId, id } : undefined }
    }
    case "name": {
      const [name, projectId, id] = decodeCursor(places.name, cursor) ?? []
      return { by: sort, after: name !== undefined && projectId && id ? { name, projectId, id } : undefined }
    }
    case "bpm": {
      const [, bpm, projectId, id] = decodeCursor(places.bpm, cursor) ?? []
      const isPlace = bpm !== undefined && projectId && id
      return { by: sort, after: isPlace ? { bpm: bpm ?? Number.POSITIVE_INFINITY, projectId, id } : undefined }
    }
  }
}

/** What a list's filter asks of the database. */
export const conditionOf = ({ q, state, ...filter }: AskedFilter): ClipCondition => ({
  ...filter,
  contains: q,
  states: state,
})

/** What a list asks of the database: one row more than its page, which tells whether there is a next one. */
export const filterOf = ({ limit, sort, cursor, ...filter }: ClipList): ClipFilter => ({
  ...conditionOf(filter),
  order: orderOf({ sort, cursor }),
  limit: limit + 1,
})

type Placed = Pick<ClipRow, "projectId" | "id" | "name" | "metadata" | "createdAt" | "updatedAt">

const tempoOf = (metadata: ClipRow["metadata"]): number => {
  const bpm: unknown = typeof metadata === "object" && metadata !== null ? Reflect.get(metadata, "bpm") : undefined
  return typeof bpm === "number" ? bpm : Number.POSITIVE_INFINITY
}

/** The place of a row in the list's order, as its cursor says it; JSON makes the infinite tempo null. */
export const placeOf =
  (sort: ClipSort) =>
  ({ projectId, id, ...row }: Placed): (string | number | Date)[] => {
    switch (sort) {
      case "updated":
        return [row.updatedAt, projectId, id]
      case "created":
        return ["created", row.createdAt, projectId, id]
      case "name":
        return [row.name, projectId, id]
      case "bpm":
        return ["bpm", tempoOf(row.metadata), projectId, id]
    }
  }
