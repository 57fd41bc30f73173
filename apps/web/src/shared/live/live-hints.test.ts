import type { LiveChange } from "@strudel-agent/contract/live"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { concerns, createHints, placeOf, type QueryPlace } from "./live-hints.ts"

const kick: LiveChange = { kind: "clip", projectId: "house", id: "kick", removed: false }
const changes = (...list: LiveChange[]) => ({ type: "changes", changes: list }) as const

describe("what a change concerns", () => {
  const about = (change: LiveChange, place: QueryPlace) => concerns(place, change)

  it("is the lists of its kind, those of its project, and its own item", () => {
    expect(about(kick, { router: "clip" })).toBe(true)
    expect(about(kick, { router: "clip", projectId: "house" })).toBe(true)
    expect(about(kick, { router: "clip", projectId: "techno" })).toBe(false)
    expect(about(kick, { router: "clip", projectId: "house", id: "kick" })).toBe(true)
    expect(about(kick, { router: "clip", projectId: "house", id: "hat" })).toBe(false)
    expect(about(kick, { router: "clip", projectId: "techno", id: "kick" })).toBe(false)
    expect(about(kick, { router: "session" })).toBe(false)
    expect(about(kick, { router: "message" })).toBe(false)
  })

  it("is the items that show it, and not lists of another kind", () => {
    expect(about(kick, { router: "song", projectId: "house", id: "set" })).toBe(true)
    expect(about(kick, { router: "song", projectId: "techno", id: "set" })).toBe(false)
    expect(about(kick, { router: "song" })).toBe(false)
    expect(about(kick, { router: "project" })).toBe(true)
    expect(about(kick, { router: "project", id: "house" })).toBe(true)
    expect(about(kick, { router: "project", id: "techno" })).toBe(false)
  })

  it("is the clips that sound like another, of any project", () => {
    const query = (procedure: string) => placeOf([["clip", procedure], { input: { projectId: "techno", id: "hat" } }])
    expect(about(kick, query("similar"))).toBe(true)
    expect(about({ ...kick, removed: true }, query("similar"))).toBe(true)
    expect(about(kick, query("byId"))).toBe(false)
    expect(about({ ...kick, projectId: "techno", id: "hat" }, query("byId"))).toBe(true)
    expect(placeOf([["project", "list"]])).toEqual({ router: "project", id: undefined, projectId: undefined })
    expect(placeOf([])).toEqual({ router: "" })
  })

  it("is a session's own page and the lists of its project", () => {
    const session: LiveChange = { kind: "session", projectId: null, id: "s", removed: false }
    expect(about(session, { router: "session" })).toBe(true)
    expect(about(session, { router: "session", id: "s" })).toBe(true)
    expect(about(session, { router: "session", id: "t" })).toBe(false)
    expect(about(session, { router: "session", projectId: "house" })).toBe(false)
  })
})

describe("hints", () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

  function setUp({ takes = 0 } = {}) {
    const readings: ((place: QueryPlace) => boolean)[] = []
    let writing = false
    const hints = createHints({
      async readAgain(isStale) {
        readings.push(isStale)
        await new Promise((resolve) => setTimeout(resolve, takes))
      },
      isWriting: () => writing,
    })
    const write = (value: boolean) => {
      writing = value
    }
    return { hints, readings, write }
  }

  it("are read at once, and then at most once a second however many come", async () => {
    const { hints, readings } = setUp()
    hints.hear(changes(kick))
    await wait(5)
    expect(readings.length).toBe(1)
    for (let i = 0; i < 500; i++) {
      hints.hear(changes({ ...kick, id: `c${i}` }))
      await wait(10)
    }
    expect(readings.length).toBeGreaterThanOrEqual(5)
    expect(readings.length).toBeLessThanOrEqual(7)
    await wait(2000)
    const told = readings.length
    expect(readings.at(-1)?.({ router: "clip", projectId: "house", id: "c499" })).toBe(true)
    await wait(10_000)
    expect(readings.length).toBe(told)
  })

  it("wait for a reading that takes long", async () => {
    const { hints, readings } = setUp({ takes: 5000 })
    hints.hear(changes(kick))
    await wait(10)
    hints.hear(changes(kick))
    await wait(5500)
    expect(readings.length).toBe(1)
    await wait(1000)
    expect(readings.length).toBe(2)
  })

  it("wait until what is written here is stored", async () => {
    const { hints, readings, write } = setUp()
    write(true)
    hints.hear(changes(kick))
    await wait(3000)
    expect(readings.length).toBe(0)
    write(false)
    await wait(1100)
    expect(readings.length).toBe(1)
  })

  it("of everything concern every list and item, and nothing else", async () => {
    const { hints, readings } = setUp()
    hints.hear({ type: "refresh" })
    hints.hear(changes(kick))
    await wait(5)
    const [isStale] = readings
    for (const router of ["session", "clip", "song", "playlist", "project"]) expect(isStale?.({ router })).toBe(true)
    expect(isStale?.({ router: "message" })).toBe(false)
  })

  it("end with the page", async () => {
    const { hints, readings } = setUp()
    hints.hear(changes(kick))
    hints.stop()
    await wait(3000)
    expect(readings.length).toBe(0)
  })
})
