/** The pauses of something that works in the background until it is stopped. */
export interface Pauses {
  /** Waits for so many milliseconds, or until it is ended; not at all once stopped. Keeps no process alive. */
  wait(milliseconds: number): Promise<void>
  /** Ends the pause that there is. */
  end(): void
  stop(): void
}

/** Makes the pauses of one worker, which waits once at a time. */
export function createPauses(): Pauses {
  let stopped = false
  let end = () => {}
  return {
    wait: (milliseconds) =>
      new Promise((resolve) => {
        if (stopped) return resolve()
        const timer = setTimeout(resolve, milliseconds)
        timer.unref()
        end = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    end: () => end(),
    stop() {
      stopped = true
      end()
    },
  }
}
