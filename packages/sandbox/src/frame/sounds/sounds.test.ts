import type { SampleBank } from "superdough/index.mjs"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { SoundState } from "../../protocol.ts"
import { type Fetched, Network } from "./network.ts"
import { SampleFiles } from "./sample-files.ts"
import { Sounds } from "./sounds.ts"

// superdough itself needs a browser: what it does with banks and files is told here in short.
vi.mock("superdough/index.mjs", () => {
  const loaded = new Map<string, object>()
  return {
    getSound: (name: string) => (["supersaw", "sine"].includes(name) ? {} : undefined),
    registerSampleSource: () => {},
    getLoadedBuffer: (url: string) => loaded.get(url),
    loadBuffer: async (url: string) => void loaded.set(url, {}),
    getSampleInfo: ({ n = 0, note = 36 }: { n?: number; note?: number }, bank: SampleBank) =>
      Array.isArray(bank) ? { url: bank[n % bank.length] } : { url: bank[note < 60 ? "c3" : "c5"]?.[n] },
  }
})

const context: BaseAudioContext = Object.create(null)
let reported: SoundState[]
let unsupported: string[]
let answers: { [url: string]: Fetched }
let sounds: Sounds

const there: Fetched = { status: 200, contentType: "audio/wav", body: new ArrayBuffer(4) }
const map = (sample: string) => `https://a.example/${sample}.wav`
const own = new Map([
  ["casio", { bank: [map("a"), map("b"), map("c")], source: "the clip" }],
  ["piano", { bank: { c3: [map("low")], c5: [map("high")] }, source: "the clip" }],
])

beforeEach(() => {
  reported = []
  unsupported = []
  answers = {}
  const network = new Network(async (url) => answers[url] ?? { status: 404, contentType: "", body: null })
  sounds = new Sounds({
    network,
    files: new SampleFiles(network),
    emit: (event) => {
      if (event.type === "sound") reported.push(event.sound)
      if (event.type === "limited" && event.limit.kind === "unsupported") unsupported.push(...event.limit.effects)
    },
  })
  sounds.context = context
})

/** Plays events, lets what they need come, and plays them again. */
async function playTwice(...events: { [control: string]: unknown }[]) {
  for (const event of events) sounds.prepare(event, own)
  await sounds.settled()
  for (const event of events) sounds.prepare(event, own)
}

it("a sound is there once the file is there that is played of it, be it the first or another", async () => {
  answers = { [map("b")]: there, [map("high")]: there }
  await playTwice({ s: "casio", n: 1 }, { s: "piano", note: 72 })
  const last = (name: string) => reported.findLast((state) => state.name === name)
  expect(last("casio")).toMatchObject({ from: "clip", by: null, loading: false, why: null })
  expect(last("piano")).toMatchObject({ from: "clip", by: null, loading: false, why: null })
  expect(reported[0]).toMatchObject({ from: "replaced", loading: true })
})

it("a file that is missing is said, though another of the same sound is there", async () => {
  answers = { [map("b")]: there }
  await playTwice({ s: "casio", n: 1 }, { s: "casio", n: 2 })
  expect(reported.at(-1)).toMatchObject({ name: "casio", from: "replaced", by: "perc", why: "There is no such file" })
})

it("the replacement that is said is the one that is heard", async () => {
  await playTwice({ s: "piano", note: 40 })
  expect(sounds.prepare({ s: "piano", note: 40 }, own)).toMatchObject({ s: "triangle" })
  expect(reported.at(-1)).toMatchObject({ name: "piano", from: "replaced", by: "triangle" })
})

describe("on a page that came over plain http", () => {
  beforeEach(() => vi.stubGlobal("isSecureContext", false))
  afterEach(() => vi.unstubAllGlobals())

  it("plays the nearest oscillator for a sound that needs a processor, and says why", async () => {
    expect(sounds.prepare({ s: "supersaw", note: 48, cutoff: 800 }, own)).toMatchObject({
      s: "sawtooth",
      note: 48,
      cutoff: 800,
    })
    expect(sounds.prepare({ s: "sine", note: 48 }, own)).toMatchObject({ s: "sine" })
    expect(reported).toMatchObject([
      { name: "supersaw", from: "replaced", by: "sawtooth", why: expect.stringContaining("plain http") },
    ])
    expect(await sounds.states(["supersaw"], own)).toMatchObject([{ from: "replaced", by: "sawtooth" }])
  })

  it("leaves out effects that need one, nested ones too, and says each once", () => {
    const controls = { s: "sine", gain: 0.5, distort: 2, ftype: "ladder", FX: [{ crush: 4, room: 0.2 }] }
    expect(sounds.prepare(controls, own)).toEqual({ s: "sine", gain: 0.5, FX: [{ room: 0.2 }] })
    sounds.prepare({ s: "sine", distort: 1, tremolosync: 4, ftype: "24db" }, own)
    expect(unsupported).toEqual(["distort", "ladder", "crush", "tremolo"])
  })
})

it("leaves processors alone where they run", () => {
  expect(sounds.prepare({ s: "supersaw", distort: 2 }, own)).toEqual({ s: "supersaw", distort: 2 })
  expect(unsupported).toEqual([])
})
