import { ApiError } from "@strudel-agent/api/errors"
import { type Ear, EarUnavailable, NotHeard } from "@strudel-agent/ear/ear"
import type { SongEar } from "@strudel-agent/library/song-audio"
import { createGate } from "../gate.ts"

/** Songs that wait for the one that is listened to; further ones are refused. */
const mostWaiting = 8

/** Listens to one song at a time, however many callers ask. */
export function createSongListener(ear: Ear): Pick<SongEar, "enter" | "listen"> {
  const gate = createGate({ running: 1, waiting: mostWaiting, refusal: () => new ApiError("ANALYSER_BUSY") })
  return {
    enter: (signal) => gate.enter("songs", signal),
    async listen(job, signal) {
      try {
        return await ear.listen(job, signal)
      } catch (error) {
        if (error instanceof NotHeard) return { problem: error.message }
        if (error instanceof EarUnavailable) throw new ApiError("ANALYSER_BUSY", undefined, { cause: error })
        throw error
      }
    },
  }
}
