import { z } from "zod"

/** The signs that a path's strokes are drawn with. */
const PathData = z.string().regex(/^[mMh\d .-]*$/)

/** Strokes of one sound and loudness; each is as thick as its row. */
export const PicturePath = z.object({
  /** An index into a palette of twelve, as of the engine's sounds. */
  colour: z.int().min(0).max(11),
  /** 0 quiet, 1 medium, 2 loud. */
  level: z.int().min(0).max(2),
  thickness: z.number().positive(),
  d: PathData,
})
export type PicturePath = z.infer<typeof PicturePath>

/** What a piece of code plays as a small picture without colours of its own: time from left to right, pitch upwards. */
export const Picture = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  /** The cycles that it shows, and the events of them; a line is drawn for each cycle. */
  cycles: z.int().positive().max(1_000),
  events: z.int().positive(),
  /** Names of sounds in use, at most eight. */
  sounds: z.array(z.string()),
  paths: z.array(PicturePath),
})
export type Picture = z.infer<typeof Picture>
