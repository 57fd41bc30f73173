import type { LiveChange } from "@strudel-agent/contract/live"
import type { ChangeRow } from "@strudel-agent/database/queries/live"
import { describe, expect, it, vi } from "vitest"
import { createChangeLog } from "./change-log.ts"
import { createPendingChanges } from "./pending-changes.ts"

const row = (id: string, at: number, stamp = `${at}`): ChangeRow => ({
  ...{ kind: "clip", projectId: "p", removed: false },
  ...{ id, at, stamp },
})
const change = (id: string): LiveChange => ({ kind: "clip", projectId: "p", id, removed: false })
const clips = (count: number) => Array.from({ length: count }, (_, i) => change(`c${i}`))

const minute = 60_000

describe("what waits for a slow reader", () => {
  it("is each thing once, however often it changed, and all of it in one event", () => {
    const log = createChangeLog("here")
    const pending = createPendingChanges({ given: undefined, lookBack: 0 }, "here")
    log.add({ moment: 1e12, changes: [], cut: false })
    pending.hear([], log)
    expect(pending.take()).toEqual({ type: "changes", changes: [] })
    for (let i = 0; i < 100_000; i++) pending.hear([change(`c${i % 3}`)], log)
    expect(pending.take()).toEqual({ type: "changes", changes: clips(3) })
    expect(pending.take()).toBeUndefined()
  })

  it("becomes one word to read everything where it is more than 500", () => {
    const log = createChangeLog("here")
    const pending = createPendingChanges({ given: undefined, lookBack: 0 }, "here")
    log.add({ moment: 1e12, changes: [], cut: false })
    pending.hear([], log)
    pending.hear(clips(501), log)
    expect(pending.take()).toEqual({ type: "refresh" })
    pending.hear(clips(2), log)
    expect(pending.take()).toEqual({ type: "changes", changes: clips(2) })
  })

  it("has what came since the reader did, though its feed begins later, and everything after a minute", () => {
    vi.useFakeTimers()
    const log = createChangeLog("here")
    const [soon, late] = [0, 59_000].map((lookBack) => createPendingChanges({ given: undefined, lookBack }, "here"))
    vi.advanceTimersByTime(5000)
    log.add({ moment: 1e12, changes: [row("before", 1e12 - 6000), row("since", 1e12 - 4000)], cut: false })
    for (const pending of [soon, late]) pending?.hear([], log)
    expect(soon?.take()).toEqual({ type: "changes", changes: [change("since")] })
    expect(late?.take()).toEqual({ type: "refresh" })
    vi.useRealTimers()
  })

  it("holds back the position until it was told", () => {
    const log = createChangeLog("here")
    const pending = createPendingChanges({ given: undefined, lookBack: 0 }, "here")
    for (const [moment, told] of [
      [1000, []],
      [2000, [change("c")]],
      [3000, []],
    ] as const) {
      log.add({ moment, changes: [], cut: false })
      pending.hear([...told], log)
      if (moment === 1000) pending.take()
    }
    expect(pending.position()).toEqual({ moment: 1000, server: "here" })
    pending.take()
    expect(pending.position()).toEqual({ moment: 3000, server: "here" })
  })
})

describe("the log of a server", () => {
  it("knows what it has told however often the feed shows it, and tells a change of the same row again", () => {
    const log = createChangeLog("here")
    expect(log.add({ moment: 1000, changes: [row("a", 900)], cut: false })).toEqual([])
    expect(log.add({ moment: 1400, changes: [row("a", 900), row("b", 1300)], cut: false })).toEqual([change("b")])
    expect(log.add({ moment: 1800, changes: [row("b", 1300), row("a", 900, "900 again")], cut: false })).toEqual([
      change("a"),
    ])
    expect(log.add({ moment: 2200, changes: [row("b", 1300), row("a", 900, "900 again")], cut: false })).toEqual([])
  })

  it("says what came after a position, and that it does not reach back to one before it began", () => {
    const log = createChangeLog("here")
    log.add({ moment: 10_000, changes: [], cut: false })
    log.add({ moment: 10_400, changes: [row("late", 4000)], cut: false })
    expect(log.since({ moment: 10_000, server: "here" })).toEqual([change("late")])
    expect(log.since({ moment: 10_400, server: "here" })).toEqual([])
    expect(log.since({ moment: 9000, server: "here" })).toBeUndefined()
    log.add({ moment: 12_000, changes: [], cut: false })
    // What another server said at that moment may lack what this one saw then.
    expect(log.since({ moment: 11_100, server: "there" })).toEqual([change("late")])
  })

  it("forgets what is old", () => {
    const log = createChangeLog("here")
    log.add({ moment: 0, changes: [], cut: false })
    for (let i = 1; i <= 20; i++) log.add({ moment: i * minute, changes: [row(`c${i}`, i * minute)], cut: false })
    expect(log.latest(100 * minute).length).toBeLessThanOrEqual(6)
    expect(log.since({ moment: 10 * minute, server: "here" })).toBeUndefined()
    expect(log.since({ moment: 18 * minute, server: "here" })).toEqual([change("c19"), change("c20")])
  })

  it("tells everybody to read everything rather than to grow", () => {
    const log = createChangeLog("here")
    log.add({ moment: 0, changes: [], cut: false })
    const many = Array.from({ length: 20_001 }, (_, i) => row(`c${i}`, 1))
    expect(log.add({ moment: 2, changes: many, cut: true })).toBe("everything")
    expect(log.latest(1000)).toEqual([])
  })
})
