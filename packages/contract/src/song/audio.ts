import { Heard } from "@strudel-agent/ear/heard"
import { z } from "zod"

/** A section of a song, where it stands, and what its beginning sounds like. */
export const SongSectionAudio = z.object({
  name: z.string(),
  /** Seconds from the beginning of the song, and for which it plays. */
  begin: z.number(),
  seconds: z.number(),
  /** In figures, without the outline and the course of it. */
  audio: Heard.omit({ waveform: true, course: true }).nullable(),
  /** Why it cannot be measured. */
  problem: z.string().nullable(),
  /** What it sounds like, and what becomes of the sound since the section before, in a few words each. */
  words: z.array(z.string()),
  changes: z.array(z.string()),
})

/** What a song sounds like, section by section, measured without a browser. */
export const SongAudio = z.object({
  version: z.number().int(),
  /** Off: the server does not listen. None: there are no clips in it. */
  state: z.enum(["measured", "off", "none"]),
  /** Seconds for which it plays. */
  seconds: z.number(),
  /** The loudness of its sections together, in LUFS, and its highest peak in dB of full scale; null of silence. */
  loudness: z.number().nullable(),
  peak: z.number().nullable(),
  sections: z.array(SongSectionAudio),
})
export type SongAudio = z.infer<typeof SongAudio>
