import type { ClipFilter as AskedFilter, ClipCardList } from "@strudel-agent/contract/clip/bulk"
import { soundWords } from "@strudel-agent/contract/clip/sound-words"
import { foldQuery } from "@strudel-agent/contract/search/fold"
import type { ClipCondition, ClipOrder } from "@strudel-agent/database/queries/clip/filter"
import type { ClipFilter } from "@strudel-agent/database/queries/clip/page"
import { decodeCursor, places } from "./cursor.ts"
import { badInput } from "./errors.ts"

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
    case "loudness":
    case "brightness":
    case "density": {
      const at = (cursor: Cursor) => {
        const [by, figure, projectId, id] = decodeCursor(places.figure, cursor) ?? []
        if (by === undefined || !projectId || !id) return undefined
        if (by !== sort) throw badInput("cursor", "is not one that this list gave out")
        return { figure: figure ?? Number.NEGATIVE_INFINITY, projectId, id }
      }
      return { by: sort, after: at(cursor), until: at(until) }
    }
  }
}

/** What a list's filter asks of the database. */
export const conditionOf = ({ q, state, sound = [], ...filter }: AskedFilter): ClipCondition => {
  const words = sound.map((word) => soundWords[word])
  return {
    ...filter,
    contains: foldQuery(q),
    states: state,
    figures: words.filter((word) => "figure" in word),
    clipping: words.some((word) => "clipping" in word) || undefined,
  }
}

/** What a list asks of the database. */
export const filterOf = ({ limit, sort, cursor, until, ...filter }: ClipCardList): ClipFilter => ({
  ...conditionOf(filter),
  order: orderOf({ sort, cursor, until }),
  limit,
})
