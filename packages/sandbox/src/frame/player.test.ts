import { afterEach, beforeEach, expect, it, vi } from "vitest"
import type { Event } from "../protocol.ts"
import { WorkerPool } from "./clips/worker-pool.ts"
import { Loudspeakers } from "./mixing/loudspeakers.ts"
import { Player } from "./player.ts"
import { Network } from "./sounds/network.ts"
import { SampleFiles } from "./sounds/sample-files.ts"
import { Sounds } from "./sounds/sounds.ts"

// What needs a browser is told here in short.
vi.mock("superdough/index.mjs", () => ({}))
vi.mock("./mixing/mixer.ts", () => ({ Mixer: class {} }))
vi.mock("./clips/clip-worker.ts", () => ({ ClipWorker: class {}, deadlineOf: () => 1_200 }))
vi.mock("./clips/clip-set.ts", () => ({
  openClipSet: async () => ({ clipSet: { sources: [], end: () => {}, plays: () => false }, loaded: [] }),
}))
const ticking = vi.hoisted(() => ({ clocks: 0 }))
vi.mock("./clock.ts", () => ({
  Clock: class {
    start = () => {
      ticking.clocks = 1
    }
    stop = () => {
      ticking.clocks = 0
    }
  },
}))

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it("what was woken for nothing goes back to rest, where a stop came before the first sound", async () => {
  const suspend = vi.fn(async () => {})
  const context = Object.assign(Object.create(null), { state: "running", currentTime: 0, suspend })
  const mixer = Object.assign(Object.create(null), { set: () => {} })
  let open = () => {}
  const speakers = new Loudspeakers(() => {})
  vi.spyOn(speakers, "open").mockReturnValue(
    new Promise((resolve) => {
      open = () => resolve({ context, mixer, meter: Object.create(null) })
    }),
  )
  const network = new Network(async () => ({ status: 404, contentType: "", body: null }))
  const sounds = new Sounds({ network, files: new SampleFiles(network), emit: () => {} })
  const events: Event[] = []
  const player = new Player({ emit: (event) => events.push(event), pool: new WorkerPool(), sounds, speakers })
  const plan = { sections: [{ id: "a", cycles: 1, cps: null, clips: [] }], loop: true, align: "running" as const }
  const playing = player.play({ type: "play", id: 1, change: 1, sources: [], plan, at: "now", from: 0 })
  await vi.advanceTimersByTimeAsync(1)
  await player.stop({ type: "stop", id: 2, change: 2, at: "now" })
  open()
  expect(await playing).toBeNull()
  expect(events).toEqual([{ type: "silent", change: 2, because: "stopped" }])
  expect(ticking.clocks).toBe(1)
  await vi.advanceTimersByTimeAsync(31_000)
  expect(ticking.clocks).toBe(0)
  expect(suspend).toHaveBeenCalledOnce()
})
