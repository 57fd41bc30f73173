import { expect, it, vi } from "vitest"
import { draw } from "./draw.ts"

// What needs a browser.
vi.mock("../mixing/loudspeakers.ts", () => ({ heardOf: () => 0 }))

const place = { cycle: 40, rate: 0.5 }
const clipSet = { version: 3 }
const take = Object.assign(Object.create(null), { clipSet, placeOf: () => place, output: () => ({ taps: null }) })
const context = Object.assign(Object.create(null), { currentTime: 0 })
const event = (begin: number) => ({
  ...{
    begin,
    until: begin + 0.1,
    note: null,
    sound: "bd",
    label: "bd",
    color: null,
    colour: 0,
    level: 1,
    visuals: [4],
  },
})
const read = (from: number | null, ask: (begin: number) => ReturnType<typeof event>[] | null) => {
  const asker = { draw: vi.fn(async (_set: unknown, _key: string, { begin }: { begin: number }) => ask(begin)) }
  return draw({ key: "a", from, signals: [] }, { take, context, asker }).then(({ haps }) => ({ haps, asker }))
}
const one = (begin: number) => [event(begin)]

it("answers with a second of events, read a quarter at a time", async () => {
  const { haps, asker } = await read(40, one)
  expect(haps).toEqual({ from: 40, to: 40.5, events: [40, 40.125, 40.25, 40.375].map(event) })
  expect(asker.draw).toHaveBeenCalledTimes(4)
})

it("answers with no more events than one message carries", async () => {
  const { haps } = await read(40, (begin) => Array.from({ length: 300 }, () => event(begin)))
  expect(haps).toMatchObject({ from: 40, to: 40.125 })
  expect(haps?.events).toHaveLength(300)
})

it("answers with what there is where a clip ends meanwhile", async () => {
  expect((await read(40, (begin) => (begin < 40.1 ? one(begin) : null))).haps?.to).toBe(40.125)
  expect((await read(40, () => null)).haps).toBeNull()
})

it("reads 32 cycles before and after what is heard, though that moves on meanwhile, and nothing further", async () => {
  for (const from of [7.5, 8, 72, 72.5]) expect((await read(from, one)).haps?.from, String(from)).toBe(from)
  for (const from of [null, 6, 74]) expect((await read(from, one)).haps, String(from)).toBeNull()
})
