import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { heardAt, Loudspeakers } from "./loudspeakers.ts"

vi.mock("superdough/index.mjs", () => ({
  initAudio: async () => {},
  registerSynthSounds: () => {},
  registerWorklet: () => {},
  registerZZFXSounds: () => {},
  setAudioContext: () => {},
  setLogger: () => {},
  setMaxPolyphony: () => {},
  setSuperdoughAudioController: () => {},
  soundMap: { setKey: () => {} },
}))
vi.mock("./mixer.ts", () => ({
  Mixer: class {
    master = { connect: () => {} }
  },
}))

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "performance"] })
  vi.advanceTimersByTime(1_000)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** An audio clock whose sound of second 1 is heard at this moment, half a second after it was computed. */
function openContext(): AudioContext {
  const performanceTime = performance.now()
  return Object.assign(Object.create(null), {
    currentTime: 1.5,
    getOutputTimestamp: () => ({ contextTime: 1, performanceTime }),
  })
}

it("a moment is told by the clock of the day, also after a machine has slept", () => {
  const context = openContext()
  expect(heardAt(context, 3)).toBe(Date.now() + 2_000)
  // Sleep moves the one clock and not the other.
  vi.setSystemTime(Date.now() + 3_600_000)
  expect(heardAt(context, 3)).toBe(Date.now() + 2_000)
})

it("nothing is heard before the audio clock comes to it", () => {
  const context = openContext()
  vi.advanceTimersByTime(60_000)
  expect(heardAt(context, 1.5)).toBe(Date.now())
})

it("loudspeakers that could not be opened are tried again", async () => {
  let tries = 0
  vi.stubGlobal(
    "AudioContext",
    class {
      constructor() {
        if (++tries === 1) throw new Error("busy")
      }
    },
  )
  vi.stubGlobal("AnalyserNode", class {})
  const speakers = new Loudspeakers(() => {})
  await expect(speakers.open()).rejects.toThrow("busy")
  await expect(speakers.open()).resolves.toMatchObject({ mixer: {} })
  expect(tries).toBe(2)
})
