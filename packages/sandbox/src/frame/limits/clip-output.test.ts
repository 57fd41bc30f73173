import { beforeEach, describe, expect, it } from "vitest"
import type { Limit } from "../../protocol.ts"
import type { Controls } from "../sounds/sounds.ts"
import { openAllowance } from "./allowance.ts"
import { ClipOutput } from "./clip-output.ts"

let allowance: ReturnType<typeof openAllowance>
let reported: Limit[]
const open = (channel: string) =>
  new ClipOutput(
    { channel, key: `p/${channel}` },
    { allowance, report: (limit) => reported.push(limit), analysers: {} },
  )

/** Takes events one after the other, each with the seconds between them; answers how many are let in. */
function taken(output: ClipOutput, controls: Controls, { times, every = 0, seconds = 0.1 }: Times): number {
  const due = (index: number) => ({ at: 1 + index * every, seconds, sampleSeconds: 0 })
  return Array.from({ length: times }, (_, index) => output.take(controls, due(index))).filter(Boolean).length
}
interface Times {
  times: number
  every?: number
  seconds?: number
}

const now = { at: 1, seconds: 0.1, sampleSeconds: 0 }

beforeEach(() => {
  allowance = openAllowance()
  reported = []
})

describe("the names of a clip", () => {
  it("are its own: of orbits, cut groups and buses", () => {
    const controls = { s: "bd", orbit: 2, cut: 1, bus: 3, bmod: { __ids: ["a"], a: { bus: 3, control: "cutoff" } } }
    expect(open("c4").take(controls, now)).toEqual({
      ...{ s: "bd", orbit: "c4:2", cut: "c4:1", bus: "c4:3" },
      bmod: { __ids: ["a"], a: { bus: "c4:3", control: "cutoff" } },
    })
    expect(open("c5").take({ s: "bus", n: 3 }, now)).toEqual({ s: "bus", n: "c5:3", orbit: "c5:1" })
    expect(open("c6").take({ s: "bd", duckorbit: "2" }, now)?.duckorbit).toEqual(["c6:2"])
  })

  it("are few: further orbits play on the first", () => {
    const output = open("c0")
    const orbits = Array.from(
      { length: 1_000 },
      (_, orbit) => output.take({ s: "bd", orbit }, { ...now, at: orbit })?.orbit,
    )
    expect(new Set(orbits).size).toBe(8)
    expect(orbits.at(-1)).toBe("c0:0")
    expect(reported).toEqual([{ kind: "clamped", key: "p/c0", control: "orbit", asked: "8", used: "0" }])
  })
})

describe("what is played of a clip", () => {
  it("is all of it that anyone would hear", () => {
    const output = open("c0")
    expect(taken(output, { s: "sawtooth", cutoff: 800, gain: 0.5 }, { times: 400, every: 1 / 64 })).toBe(400)
    expect(taken(open("c1"), { s: "kit/bd" }, { times: 48 })).toBe(48)
    expect(reported).toEqual([])
  })

  it("is as many events at a time as can be made, and the rest is left out and said", () => {
    const output = open("c0")
    const heard = taken(output, { s: "sawtooth", cutoff: 800 }, { times: 256 })
    expect(heard).toBeGreaterThan(48)
    expect(heard).toBeLessThan(256)
    expect(reported).toEqual([{ kind: "dropped", key: "p/c0" }])
    expect(output.take({ s: "sawtooth" }, { ...now, at: 3 })).not.toBeNull()
  })

  it("is as many voices at a time as can be computed", () => {
    const long = { s: "supersaw", unison: 16, release: 60 }
    expect(taken(open("c0"), long, { times: 200, every: 0.1, seconds: 60 })).toBeLessThan(12)
    expect(taken(open("c1"), { s: "bd", stretch: 1 }, { times: 20, every: 0.1, seconds: 60 })).toBeLessThan(4)
  })

  it("leaves room for others, however much others play", () => {
    const greedy = Array.from({ length: 10 }, (_, index) => open(`greedy${index}`))
    const modest = open("modest")
    let heard = 0
    for (let step = 0; step < 80; step++) {
      const at = 1 + step / 8
      for (const output of greedy) {
        for (let event = 0; event < 50; event++) {
          output.take({ s: "supersaw", unison: 16, release: 60 }, { at, seconds: 60, sampleSeconds: 0 })
        }
      }
      if (modest.take({ s: "kit/hh", cutoff: 4_000 }, { at, seconds: 0.125, sampleSeconds: 0.1 })) heard++
    }
    expect(heard).toBe(80)
    expect(reported.some((limit) => "key" in limit && limit.key === "p/modest")).toBe(false)
  })

  it("holds a sample as long as it sounds, also one that is slow", () => {
    const output = open("c0")
    const slow = { s: "pad", speed: 1 / 64, unison: 16 }
    const due = { seconds: 0.1, sampleSeconds: 10 }
    const heard = Array.from({ length: 60 }, (_, index) => output.take(slow, { at: 1 + index, ...due })).filter(Boolean)
    expect(heard.length).toBeLessThan(20)
  })
})

describe("the rooms of a clip", () => {
  it("are built once, and changed now and then", () => {
    const output = open("c0")
    const built = new Set<unknown>()
    for (let index = 0; index < 64; index++) {
      const shape = index % 2 === 0 ? { roomsize: 1 + index / 64 } : { ir: `sample${index}` }
      const controls = output.take({ s: "bd", room: 1, ...shape }, { ...now, at: 1 + index / 16 })
      built.add(`${controls?.roomsize} ${controls?.ir}`)
    }
    // Four at once, then one a second.
    expect(built.size).toBeLessThan(11)
    expect(reported).toEqual([{ kind: "clamped", key: "p/c0", control: "room", asked: null, used: null }])
  })

  it("have so many seconds together, and what is too much is dry", () => {
    const output = open("c0")
    const rooms = [0, 1, 2, 3].map((orbit) =>
      output.take({ s: "bd", room: 1, roomsize: 6, orbit }, { ...now, at: 1 + 10 * orbit }),
    )
    expect(rooms.map((controls) => controls?.room)).toEqual([1, 1, undefined, undefined])
    expect(rooms.map((controls) => controls?.roomsize)).toEqual([6, 6, undefined, undefined])
  })

  it("stay what they are for events that ask for nothing else", () => {
    const output = open("c0")
    output.take({ s: "bd", room: 1, roomsize: 4 }, now)
    for (let index = 0; index < 100; index++) {
      const controls = output.take({ s: "hh", room: 0.3 }, { ...now, at: 1 + index / 10 })
      expect(controls).toEqual({ s: "hh", room: 0.3, orbit: "c0:1" })
    }
    expect(reported).toEqual([])
  })

  it("are built anew after its orbits were", () => {
    const output = open("c0")
    output.take({ s: "bd", room: 1, roomsize: 4 }, now)
    output.restart()
    expect(output.take({ s: "bd", room: 1, roomsize: 4 }, { ...now, at: 2 })?.roomsize).toBe(4)
    expect(reported).toEqual([{ kind: "reset", key: "p/c0" }])
  })
})
