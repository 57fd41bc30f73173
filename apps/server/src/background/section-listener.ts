import { ApiError } from "@strudel-agent/api/errors"
import { type Ear, EarUnavailable, NotHeard } from "@strudel-agent/ear/ear"
import type { SongEar } from "@strudel-agent/library/song-audio"

/** Sections that wait for the one that is rendered; further ones are refused. */
const mostWaiting = 8

/** Renders sections of songs one at a time, however many callers ask. */
export function createSectionListener(ear: Ear): SongEar["listen"] {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return async (job, signal) => {
    if (waiting >= mostWaiting) throw new ApiError("ANALYSER_BUSY")
    waiting++
    const turn = last.then(() => ear.listen(job, signal))
    last = turn.catch(() => {})
    try {
      return await turn
    } catch (error) {
      if (error instanceof NotHeard) return { problem: error.message }
      if (error instanceof EarUnavailable) throw new ApiError("ANALYSER_BUSY", undefined, { cause: error })
      throw error
    } finally {
      waiting--
    }
  }
}
