import { Heard } from "@strudel-agent/ear/heard"
import { z } from "zod"
import { ClipKey } from "../clip.ts"
import { wholeNumber } from "../text.ts"

/** A clip as it is, or as it was at a version. */
export const ClipAudioKey = ClipKey.extend({
  version: wholeNumber(1).optional(),
  /** The version that it is compared with; the one before unless told. */
  since: wholeNumber(1).optional(),
})
export type ClipAudioKey = z.infer<typeof ClipAudioKey>

/** What a clip sounds like, measured without a browser. */
export const ClipAudio = z.object({
  version: z.number().int(),
  /** Waiting: the server has yet to listen. Off: it does not. None: the code makes no sound. Failed: see `problem`. */
  state: z.enum(["measured", "waiting", "off", "none", "failed"]),
  audio: Heard.nullable(),
  problem: z.string().nullable(),
  /** What it sounds like, and what became of that since the other version, in a few words each. */
  words: z.array(z.string()),
  changes: z.array(z.string()),
  /** The version that it is compared with, where that is measured, too. */
  before: z.number().int().nullable(),
})
export type ClipAudio = z.infer<typeof ClipAudio>
