import { z } from "zod"
import { idLength, slugPattern } from "./item.ts"
import { limits } from "./limits.ts"

const encoder = new TextEncoder()

/** Bytes of a text in UTF-8. */
export const byteLength = (text: string): number => encoder.encode(text).length

const formatBytes = (bytes: number): string => `${bytes.toLocaleString("en-US")} bytes`

/** Says what keeps PostgreSQL from storing a text, or undefined where nothing does. */
export function textProblem(text: string): string | undefined {
  if (text.includes("\u0000")) return "must not contain the NUL character (U+0000)"
  if (!text.isWellFormed()) return "must be well-formed Unicode (it has half of a surrogate pair)"
  return undefined
}

const storable = <T extends z.ZodString>(schema: T) =>
  schema.superRefine((text, context) => {
    const problem = textProblem(text)
    if (problem) context.addIssue({ code: "custom", message: problem })
  })

/** A text of at most so many characters. */
export const shortText = (max: number) =>
  storable(z.string().max(max, { error: ({ input }) => `at most ${max} characters, not ${String(input).length}` }))

/** A trimmed text with something in it, of at most so many characters. */
export const nameText = (max: number) =>
  storable(
    z
      .string()
      .trim()
      .min(1, "must not be empty")
      .max(max, { error: ({ input }) => `at most ${max} characters, not ${String(input).length}` }),
  )

/** A text of at most so many bytes of UTF-8. */
export const longText = (maxBytes: number) =>
  storable(z.string()).superRefine((text, context) => {
    // A UTF-16 unit makes one to three bytes: most texts need no counting.
    if (text.length * 3 <= maxBytes) return
    const bytes = text.length > maxBytes ? text.length : byteLength(text)
    if (bytes > maxBytes) {
      const count = text.length > maxBytes ? `at least ${formatBytes(bytes)}` : formatBytes(bytes)
      context.addIssue({ code: "custom", message: `at most ${formatBytes(maxBytes)}, not ${count}` })
    }
  })

/** The id of a project, clip, song or playlist: also a file name on every system. */
export const Slug = z
  .string()
  .regex(slugPattern, `1 to ${idLength} letters, digits, dots, underscores and hyphens, the first a letter or digit`)
  .refine((id) => !id.includes(".."), "must not contain two dots in a row")
export type Slug = z.infer<typeof Slug>

/** The id of a session, in lower case. Any version and variant: clients bring their own. */
export const Uuid = z.guid("must be a UUID").toLowerCase()

/** A whole number that PostgreSQL's integer holds, from a least one on. */
export const wholeNumber = (min: number) =>
  z.number().int().min(min, `at least ${min}`).max(2_147_483_647, "at most 2,147,483,647")

export const Name = nameText(limits.name)

/** Milliseconds by which a caller's clock may be ahead of the server's. */
const clockAhead = 600_000

/** A moment of the years from 1970 on that is not to come, as ISO 8601 with offset. */
export const PastMoment = z.iso
  .datetime({ offset: true, error: "must be an ISO 8601 date and time with offset" })
  .refine((text) => Date.parse(text) >= 0, "must lie in the years from 1970 on")
  .refine((text) => !(Date.parse(text) > Date.now() + clockAhead), "must not lie in the future")

/** A point in time on the way out: the database's Date becomes ISO 8601 in UTC, as it is in JSON that the database wrote. */
export const Timestamp = z
  .union([z.date(), z.iso.datetime()])
  .transform((moment) => (moment instanceof Date ? moment.toISOString() : moment))
  .pipe(z.string().meta({ format: "date-time" }))
