import { describe, expect, it } from "vitest"
import { Flow, Held } from "./fair-shares.ts"

describe("what is held", () => {
  const until = (now: number, seconds: number) => ({ now, until: now + seconds })

  it("is limited for one, and comes back with its time", () => {
    const held = new Held({ each: 3, all: 100 })
    expect([1, 1, 1, 1].map((amount) => held.admit("a", amount, until(0, 2)))).toEqual([true, true, true, false])
    expect(held.admit("a", 1, until(1, 2))).toBe(false)
    expect(held.admit("a", 3, until(2, 2))).toBe(true)
  })

  it("never holds more than there is because of one who wants it all at once", () => {
    expect(new Held({ each: 3, all: 100 }).admit("a", 4, until(0, 1))).toBe(false)
  })

  it("leaves everyone a fair share, whoever came first", () => {
    const held = new Held({ each: 100, all: 10 })
    expect(held.admit("greedy", 10, until(0, 1_000))).toBe(true)
    expect(held.admit("greedy", 1, until(0, 1_000))).toBe(false)
    expect(held.admit("modest", 4, until(0, 1_000))).toBe(true)
    expect(held.admit("modest", 2, until(0, 1_000))).toBe(false)
    expect(held.admit("third", 3, until(0, 1_000))).toBe(true)
    held.release("greedy")
    expect(held.admit("modest", 2, until(0, 1_000))).toBe(true)
  })

  it("is replaced by what has the same name", () => {
    const held = new Held({ each: 10, all: 10 })
    expect(held.admit("a", 8, { ...until(0, 9), name: "room" })).toBe(true)
    expect(held.admit("a", 8, until(0, 9))).toBe(false)
    expect(held.admit("a", 9, { ...until(0, 9), name: "room" })).toBe(true)
    expect(held.admit("a", 1, { ...until(0, 9), name: "room" })).toBe(true)
    expect(held.admit("a", 8, until(0, 9))).toBe(true)
  })
})

describe("what flows", () => {
  const most = { each: { perSecond: 10, atOnce: 5 }, all: { perSecond: 20, atOnce: 8 } }
  const taken = (flow: Flow, who: string, { amount, now, times }: { amount: number; now: number; times: number }) =>
    Array.from({ length: times }, () => flow.admit(who, amount, now)).filter(Boolean).length

  it("comes with time, and may be taken at once for a moment", () => {
    const flow = new Flow(most)
    expect(taken(flow, "a", { amount: 1, now: 0, times: 9 })).toBe(5)
    expect(taken(flow, "a", { amount: 1, now: 0.2, times: 9 })).toBe(2)
    expect(taken(flow, "a", { amount: 1, now: 10, times: 9 })).toBe(5)
  })

  it("is owed by who takes a lot at once", () => {
    const flow = new Flow(most)
    expect(flow.admit("a", 20, 0)).toBe(true)
    expect(flow.admit("a", 1, 1)).toBe(false)
    expect(flow.admit("a", 1, 2)).toBe(true)
  })

  it("leaves everyone a fair share", () => {
    const flow = new Flow(most)
    for (let who = 0; who < 10; who++) taken(flow, `greedy ${who}`, { amount: 1, now: 0, times: 9 })
    expect(flow.admit("modest", 0.5, 0)).toBe(true)
    // In time with many who are greedy all along.
    let heard = 0
    for (let step = 1; step <= 40; step++) {
      const now = step / 10
      for (let who = 0; who < 10; who++) taken(flow, `greedy ${who}`, { amount: 1, now, times: 9 })
      if (flow.admit("modest", 0.5, now)) heard++
    }
    expect(heard).toBe(40)
  })
})
