import { readFileSync, readlinkSync } from "node:fs"

/** Reads how many milliseconds of CPU a thread has used so far. */
export type CpuClock = () => number

const schedulerOf = (thread: string) => `/proc/${thread}/schedstat`

/** The nanoseconds on a CPU that Linux's scheduler counts for a thread, in milliseconds; null where it does not. */
function readScheduler(thread: string): number | null {
  try {
    const nanoseconds = Number(readFileSync(schedulerOf(thread), "latin1").split(" ")[0])
    return nanoseconds > 0 ? nanoseconds / 1e6 : null
  } catch {
    return null
  }
}

/** The thread that calls this, as Linux names it below /proc; null elsewhere. */
export function nameOfThread(): string | null {
  try {
    return readlinkSync("/proc/thread-self")
  } catch {
    return null
  }
}

/** The clock of the thread that calls this. Where no system counts CPU by threads, it is the clock on the wall. */
export function ownCpuClock(): CpuClock {
  const { threadCpuUsage } = process
  if (typeof threadCpuUsage === "function") {
    return () => {
      const { user, system } = threadCpuUsage.call(process)
      return (user + system) / 1e3
    }
  }
  return clockOf("thread-self") ?? (() => performance.now())
}

/** The clock of a thread by its name; null where no system counts. */
export function clockOf(thread: string | null): CpuClock | null {
  if (thread === null || readScheduler(thread) === null) return null
  // A thread that has ended has used what it has used: no more is added.
  let last = 0
  return () => {
    last = readScheduler(thread) ?? last
    return last
  }
}
