import { z } from "zod"

export const EntryKind = z.enum(["function", "control", "signal", "notation", "sound", "bank", "scale", "chord"])
export type EntryKind = z.infer<typeof EntryKind>

/** One thing of the language: how it is called and written, and what it is for. */
export const Entry = z.object({
  name: z.string(),
  kind: EntryKind,
  /** What it is about, such as "filters". */
  topic: z.string(),
  aliases: z.array(z.string()),
  /** How it is written, with its parameters by name. */
  signature: z.string(),
  /** Its parameters with what each may be. */
  takes: z.string(),
  does: z.string(),
  /** Code that plays. */
  example: z.string(),
  /** Words and phrases that people look for it with. */
  purposes: z.array(z.string()),
})
export type Entry = z.infer<typeof Entry>
