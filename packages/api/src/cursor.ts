import { z } from "zod"
import { badInput } from "./errors.ts"
import { limits } from "./schema/limits.ts"
import { shortText, wholeNumber } from "./schema/text.ts"

/** A place in a list as an opaque text. Dates have milliseconds in the database too, so nothing is lost. */
export const encodeCursor = (place: (string | number | Date)[]): string =>
  Buffer.from(JSON.stringify(place)).toString("base64url")

/** Years that PostgreSQL, JavaScript and ISO 8601 write alike. */
const DateText = z.iso
  .datetime()
  .regex(/^(19[7-9]|[2-9]\d)\d/)
  .transform((text) => new Date(text))

const Text = shortText(limits.name)

/** The places of each kind of list. */
export const places = {
  session: z.tuple([DateText, z.guid()]),
  project: z.tuple([DateText, Text]),
  /** Clips, songs and playlists by when they changed. */
  updated: z.tuple([DateText, Text, Text]),
  name: z.tuple([Text, Text, Text]),
  version: z.tuple([wholeNumber(1)]),
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

/** Cuts a list that was read one row too long into a page. */
export function toPage<T>(rows: T[], limit: number, placeOf: (row: T) => (string | number | Date)[]) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null }
}
