import { reasonOf } from "@strudel-agent/client/reason"

/** How often what was read is read again where others keep changing it. */
const tries = 4

/** Returns a way to do things one after the other, so that none changes what another has read and not yet stored. */
export function inSeries() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
}

/** Reads, changes and stores something, and does so again where it was changed elsewhere between the two. */
export async function storeWithRetry<T>(readAndStore: () => Promise<T>): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await readAndStore()
    } catch (error) {
      const reason = reasonOf(error)
      if (left === 0 || (reason !== "SONG_CHANGED" && reason !== "PLAYLIST_CHANGED")) throw error
    }
  }
}
