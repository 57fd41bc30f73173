import type { z } from "zod"

/** A field that a client may leave out or, as many do, send as null. */
export const given = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)

/** Says in the document how many bytes a text may have; the schema itself checks it. */
export const describeBytes = <T extends z.ZodType>(schema: T, bytes: number): T =>
  schema.meta({ description: `At most ${bytes.toLocaleString("en-US")} bytes of UTF-8.`, maxLength: bytes })
