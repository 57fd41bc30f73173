import { soundSorts } from "@strudel-agent/contract/clip/sound-words"
import { limits } from "@strudel-agent/contract/limits"
import { searchKinds } from "@strudel-agent/contract/search/text"
import { shortText, wholeNumber } from "@strudel-agent/contract/text"
import type { BoundedRows } from "@strudel-agent/database/queries/sql/bounded-rows"
import type { WrittenRows } from "@strudel-agent/database/queries/sql/written-rows"
import { z } from "zod"
import { badInput } from "./errors.ts"

/** A place in a list, as JSON, as an opaque text. */
export const encodePlace = (place: string): string => Buffer.from(place).toString("base64url")

/** A place in a list as an opaque text. Dates have milliseconds in the database too, so nothing is lost. */
export const encodeCursor = (place: (string | number | Date)[]): string => encodePlace(JSON.stringify(place))

/** Years that PostgreSQL, JavaScript and ISO 8601 write alike. */
const DateText = z.iso
  .datetime()
  .regex(/^(19[7-9]|[2-9]\d)\d/)
  .transform((text) => new Date(text))

const Text = shortText(limits.name)

/** The places of each kind of list. */
export const places = {
  session: z.tuple([DateText, z.guid()]),
  sessionCreated: z.tuple([z.literal("created"), DateText, z.guid()]),
  sessionMessages: z.tuple([z.literal("messages"), wholeNumber(0), z.guid()]),
  project: z.tuple([DateText, Text]),
  projectName: z.tuple([Text, Text]),
  /** Clips, songs and playlists by when they changed. */
  updated: z.tuple([DateText, Text, Text]),
  name: z.tuple([Text, Text, Text]),
  created: z.tuple([z.literal("created"), DateText, Text, Text]),
  oldest: z.tuple([z.literal("oldest"), DateText, Text, Text]),
  /** Null for the place behind all that have a tempo. */
  bpm: z.tuple([z.literal("bpm"), z.number().nullable(), Text, Text]),
  /** By a figure of the sound; null for the place behind all that have it. */
  figure: z.tuple([z.enum(soundSorts), z.number().nullable(), Text, Text]),
  version: z.tuple([wholeNumber(1)]),
  /** What is found: by rank, then moment, kind and key. */
  search: z.tuple([z.number(), DateText, z.enum(searchKinds), shortText(2 * limits.name + 1)]),
}

/** Reads a cursor that this server gave out; another text is bad input. */
export function decodeCursor<T extends z.ZodType>(place: T, cursor: string | null | undefined): z.infer<T> | undefined {
  if (cursor === null || cursor === undefined) return undefined
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()))
  } catch {
    throw badInput("cursor", "is not one that this list gave out")
  }
}

/** A page of a list that the database wrote, and where the next one starts. */
export interface WrittenList {
  /** JSON. */
  list: string
  nextCursor: string | null
}

/** Where the page after one that the database wrote starts; null after the last. */
export const cursorAfter = ({ count, found, place }: WrittenRows): string | null =>
  found > count && place !== null ? encodePlace(place) : null

/** Cuts a list that was read one row too long, or up to so many bytes, into a page. */
export function toBoundedPage<T>(
  { rows, found }: BoundedRows<T>,
  limit: number,
  placeOf: (row: T) => (string | number | Date)[],
) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: found > items.length && last !== undefined ? encodeCursor(placeOf(last)) : null }
}

/** Cuts a list that was read one row too long into a page. */
export const toPage = <T>(rows: T[], limit: number, placeOf: (row: T) => (string | number | Date)[]) =>
  toBoundedPage({ rows, found: rows.length }, limit, placeOf)

/** The order of a list of clips, songs or playlists, and the place in it that a cursor names. */
export function itemOrder({ sort, cursor }: { sort: "updated" | "name"; cursor?: string | null | undefined }) {
  if (sort === "name") {
    const [name, projectId, id] = decodeCursor(places.name, cursor) ?? []
    return { by: sort, after: name !== undefined && projectId && id ? { name, projectId, id } : undefined }
  }
  const [updatedAt, projectId, id] = decodeCursor(places.updated, cursor) ?? []
  return { by: sort, after: updatedAt && projectId && id ? { updatedAt, projectId, id } : undefined }
}
