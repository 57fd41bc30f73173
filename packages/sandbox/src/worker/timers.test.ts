import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { keepTimers } from "./timers.ts"

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Timers whose names are numbers, as a browser's are. */
function openRealm() {
  const timers = new Map<number, ReturnType<typeof setTimeout>>()
  const numbered = (timer: ReturnType<typeof setTimeout>) => {
    timers.set(timers.size + 1, timer)
    return timers.size
  }
  const worked = (work: TimerHandler, inputs: unknown[]) => () => typeof work === "function" && work(...inputs)
  return {
    setTimeout: (work: TimerHandler, delay?: number, ...inputs: unknown[]) =>
      numbered(setTimeout(worked(work, inputs), delay)),
    setInterval: (work: TimerHandler, delay?: number, ...inputs: unknown[]) =>
      numbered(setInterval(worked(work, inputs), delay)),
    clearTimeout: (timer?: number) => clearTimeout(timers.get(timer ?? 0)),
  }
}

it("lets timers run until they are cleared, and none after", () => {
  const realm = openRealm()
  const clear = keepTimers(realm)
  const heard: unknown[] = []
  realm.setTimeout((word: string) => heard.push(word), 10, "soon")
  realm.setTimeout(() => heard.push("late"), 1_000)
  realm.setInterval(() => heard.push("again"), 40)
  vi.advanceTimersByTime(90)
  expect(heard).toEqual(["soon", "again", "again"])
  clear()
  realm.setTimeout(() => heard.push("of the next"), 10)
  vi.advanceTimersByTime(2_000)
  expect(heard.slice(3)).toEqual(["of the next"])
})
