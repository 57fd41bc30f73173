import type { ClipFilter, ClipRow } from "@strudel-agent/database/queries/clip"
import type { ClipCondition, ClipOrder } from "@strudel-agent/database/queries/clip-filter"
import { decodeCursor, places } from "./cursor.ts"
import type { ClipSort } from "./schema/clip.ts"
import type { ClipFilter as AskedFilter, ClipCardList } from "./schema/clip-bulk.ts"
import { foldQuery } from "./schema/search-fold.ts"

type Cursor = ClipCardList["cursor"]

function orderOf({ sort, cursor, until }: Pick<ClipCardList, "sort" | "cursor" | "until">): ClipOrder {
  switch (sort) {
    case "updated": {
      const at = (cursor: Cursor) => {
        const [updatedAt, projectId, id] = decodeCursor(places.updated, cursor) ?? []
        return updatedAt && projectId && id ? { updatedAt, projectId, id } : undefined
      }
      return { by: sort, after: at(cursor), until: at(until) }
    }
    case "created": {
      const at = (cursor: Cursor) => {
        const [, createdAt, projectId, id] = decodeCursor(places.created, cursor) ?? []
        return createdAt && projectId && id ? { createdAt, projectId, id } : undefined
      }
      return { by: sort, after: at(cursor), until: at(until) }
    }
    case "oldest": {
      const at = (cursor: Cursor) => {
        const [, createdAt, projectId, id] = decodeCursor(places.oldest, cursor) ?? []
        return createdAt && projectId && id ? { createdAt, projectId, id } : undefined
      }
      return { by: sort, after: at(cursor), until: at(until) }
    }
    case "name": {
      const at = (cursor: Cursor) => {
        const [name, projectId, id] = decodeCursor(places.name, cursor) ?? []
        return name !== undefined && projectId && id ? { name, projectId, id } : undefined
      }
      return { by: sort, after: at(cursor), until: at(until) }
    }
    case "bpm": {
      const at = (cursor: Cursor) => {
        const [, bpm, projectId, id] = decodeCursor(places.bpm, cursor) ?? []
        const isPlace = bpm !== undefined && projectId && id
        return isPlace ? { bpm: bpm ?? Number.POSITIVE_INFINITY, projectId, id } : undefined
      }
      return { by: sort, after: at(cursor), until: at(until) }
    }
  }
}

/** What a list's filter asks of the database. */
export const conditionOf = ({ q, state, ...filter }: AskedFilter): ClipCondition => ({
  ...filter,
  contains: foldQuery(q),
  states: state,
})

/** What a list asks of the database: one row more than its page, which tells whether there is a next one. */
export const filterOf = ({ limit, sort, cursor, until, ...filter }: ClipCardList): ClipFilter => ({
  ...conditionOf(filter),
  order: orderOf({ sort, cursor, until }),
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
      case "oldest":
        return ["oldest", row.createdAt, projectId, id]
      case "name":
        return [row.name, projectId, id]
      case "bpm":
        return ["bpm", tempoOf(row.metadata), projectId, id]
    }
  }
