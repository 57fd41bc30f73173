import { superdough } from "superdough/index.mjs"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import type { Hap } from "./clips/answers.ts"
import { openAllowance } from "./limits/allowance.ts"
import { ClipOutput } from "./limits/clip-output.ts"
import { hearLog } from "./mixing/left-out.ts"
import { Network } from "./sounds/network.ts"
import { SampleFiles } from "./sounds/sample-files.ts"
import { Sounds } from "./sounds/sounds.ts"
import { voice } from "./voices.ts"

/** The audio clock, in seconds. */
let clock = 0
/** Seconds that superdough needs to make a sound, one after the other; the last one counts for all further ones. */
let needed: number[]
let heard: { sound: unknown; at: number }[]

// What superdough does with an event that the clock overtakes: it says so in its log, and nothing is heard.
vi.mock("superdough/index.mjs", () => ({
  getSound: () => ({ data: {} }),
  registerSampleSource: () => {},
  superdough: vi.fn(),
}))

const context: BaseAudioContext = Object.create(null, { currentTime: { get: () => clock } })
let sounds: Sounds
let output: ClipOutput
let isWanted: boolean

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"], shouldAdvanceTime: true })
  clock = 1
  needed = [0.001]
  heard = []
  isWanted = true
  vi.mocked(superdough)
    .mockReset()
    .mockImplementation(async ({ s }, at) => {
      if (at < clock) return hearLog(`[superdough]: cannot schedule sounds in the past (target: ${at}, now: ${clock})`)
      const seconds = needed.length > 1 ? (needed.shift() ?? 0) : (needed[0] ?? 0)
      clock += seconds
      vi.advanceTimersByTime(seconds * 1000)
      if (clock > at) return hearLog("[webaudio] skip hap: still loading")
      heard.push({ sound: s, at })
    })
  const network = new Network(async () => ({ status: 404, contentType: "", body: null }))
  sounds = new Sounds({ network, files: new SampleFiles(network), emit: () => {} })
  sounds.context = context
  output = new ClipOutput(
    { channel: "c0", key: "clip" },
    { allowance: openAllowance(), report: () => {}, analysers: {} },
  )
})
afterEach(() => vi.useRealTimers())

const hap = (s: string, begin = 0): Hap => ({
  ...{ begin, end: begin + 1, until: begin + 1, sound: s, note: null, value: { s }, locations: [], visuals: [] },
})
const strike = (haps: Hap[]) =>
  voice(haps, sounds, {
    ...{ output, own: new Map(), time: 1.005, begin: 0, end: 8, rate: 0.5 },
    heardAt: (time) => time * 1000,
    isWanted: () => isWanted,
  })

it("plays an event at its time", async () => {
  expect(await strike([hap("sine", 0.5)])).toMatchObject([{ sound: "sine", at: 2005 }])
  expect(heard).toEqual([{ sound: "sine", at: 2.005 }])
})

it("plays a sound that takes longer to make than it was given, again and a little later", async () => {
  needed = [0.04]
  const [sounding] = await strike([hap("z_sine")])
  expect(heard).toHaveLength(1)
  expect(heard[0]?.at).toBeLessThan(1.12)
  expect(sounding?.at).toBe((heard[0]?.at ?? 0) * 1000)
})

it("plays an event that the clock had overtaken before it was begun", async () => {
  const late = vi.mocked(superdough).getMockImplementation()
  vi.mocked(superdough).mockImplementationOnce(async (...event) => {
    clock += 0.0116
    return late?.(...event)
  })
  await strike([hap("sine")])
  expect(heard).toHaveLength(1)
})

it("begins a long sound later than a short one", async () => {
  needed = [0.4]
  await strike([{ ...hap("z_sine"), end: 4, until: 4 }])
  expect(heard).toHaveLength(1)
})

it("gives up what is a quarter of its length late, and tells of nothing that is not heard", async () => {
  needed = [0.4]
  expect(await strike([hap("slow")])).toEqual([])
  expect(heard).toEqual([])
  expect(vi.mocked(superdough).mock.calls.length).toBeLessThan(5)
})

it("drops nothing that came in time because what is before it took long", async () => {
  needed = [0.04, 0.09, 0.001]
  expect(await strike([hap("z_sine"), hap("sine")])).toHaveLength(2)
})

it("plays nothing that comes too late", async () => {
  clock = 1.1
  expect(await strike([hap("sine")])).toEqual([])
  expect(heard).toEqual([])
})

it("tells of no event that superdough refuses", async () => {
  vi.mocked(superdough).mockImplementationOnce(async () => {
    throw new Error("sound nothing not found")
  })
  expect(await strike([hap("nothing"), hap("sine")])).toMatchObject([{ sound: "sine" }])
})

it("strikes nothing of a take that is closed", async () => {
  isWanted = false
  expect(await strike([hap("sine")])).toEqual([])
})
