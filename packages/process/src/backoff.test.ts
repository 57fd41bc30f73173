import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { createBackoff } from "./backoff.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test("each failure waits twice as long as the one before, up to the longest, until they are forgotten", () => {
  const fail = createBackoff({ first: 100, longest: 500, window: 1_000 })
  expect([fail(), fail(), fail(), fail()]).toEqual([
    { count: 1, delay: 100 },
    { count: 2, delay: 200 },
    { count: 3, delay: 400 },
    { count: 4, delay: 500 },
  ])
  vi.advanceTimersByTime(1_001)
  expect(fail()).toEqual({ count: 1, delay: 100 })
})
