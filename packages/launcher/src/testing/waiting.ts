import { setTimeout as sleep } from "node:timers/promises"
import { isAlive } from "@strudel-agent/process/is-alive"

/** Resolves when a condition holds; rejects where it throws, and where it does not hold within so many seconds. */
export async function until(condition: () => boolean, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain`)
    await sleep(20)
  }
}

/** Resolves when none of some processes runs. */
export const untilEnded = (pids: number[]): Promise<void> => until(() => !pids.some(isAlive))
