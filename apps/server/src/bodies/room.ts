import { ApiError } from "@strudel-agent/api/errors"

export interface RoomOptions {
  /** Bytes of all bodies together. */
  bytes: number
  /** Bodies that wait for room, and the milliseconds for which they do. */
  waiting: number
  longestWait: number
}

/** Room for bytes that are held in memory. */
export interface Room {
  /**
   * Takes so many bytes, when those who came before have theirs; answers what gives them back, as often as it is called.
   * Rejects with SERVER_BUSY where too many wait, or for too long. No more is asked for than there is in all.
   */
  take(bytes: number): Promise<() => void>
}

interface Waiting {
  bytes: number
  enter: () => void
}

/** Makes room of a size; who comes first is served first. */
export function createRoom({ bytes: size, waiting: most, longestWait }: RoomOptions): Room {
  const queue = new Set<Waiting>()
  let free = size

  const give = (bytes: number) => {
    free += bytes
    letIn()
  }

  function letIn(): void {
    for (const next of queue) {
      if (next.bytes > free) return
      queue.delete(next)
      free -= next.bytes
      next.enter()
    }
  }

  const inTurn = (bytes: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const waiting: Waiting = {
        bytes,
        enter() {
          clearTimeout(timer)
          resolve()
        },
      }
      const timer = setTimeout(() => {
        queue.delete(waiting)
        reject(new ApiError("SERVER_BUSY"))
        // Who stood behind may need less.
        letIn()
      }, longestWait)
      queue.add(waiting)
    })

  return {
    async take(wanted) {
      const bytes = Math.min(wanted, size)
      if (queue.size === 0 && bytes <= free) free -= bytes
      else if (queue.size >= most) throw new ApiError("SERVER_BUSY")
      else await inTurn(bytes)
      let given = false
      return () => {
        if (!given) give(bytes)
        given = true
      }
    },
  }
}
