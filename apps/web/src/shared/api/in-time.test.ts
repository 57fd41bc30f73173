import { expect, it, vi } from "vitest"
import { inTime } from "./in-time.ts"

it("brings what comes in time, and something else for what fails", async () => {
  expect(await inTime(Promise.resolve(true), 60_000, false)).toBe(true)
  expect(await inTime(Promise.reject(new Error("gone")), 60_000, false)).toBe(false)
})

it("waits no longer than it is told for what never comes", async () => {
  vi.useFakeTimers()
  try {
    const answer = inTime(new Promise<boolean>(() => {}), 500, false)
    await vi.advanceTimersByTimeAsync(500)
    expect(await answer).toBe(false)
  } finally {
    vi.useRealTimers()
  }
})
