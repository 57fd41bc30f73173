import { beforeAll, describe, expect, it } from "vitest"
import type { StrudelEngine } from "../engine.ts"
import { Answer } from "../result.ts"
import { builtPackage, loadEngine } from "../testing/built-package.ts"
import type { Song, SongAnswer } from "./evaluate-song.ts"

let engine: StrudelEngine

beforeAll(async () => {
  engine = await loadEngine(builtPackage())
})

const kick = { id: "kick", code: 'setcps(.5)\n$: s("bd*2")' }
const hats = { id: "hats", code: 'setcps(1)\n$: s("hh*2")' }

const begins = (answer: SongAnswer, lane: string) =>
  answer.ok ? answer.haps.filter((hap) => hap.lane === lane).map(({ begin }) => begin) : null

async function play(song: Song, cycles = 1) {
  return engine.evaluateSong(song, { cycles })
}

describe("clips at the same time", () => {
  it("play each at its own tempo, by the clock of the first", async () => {
    const answer = await play({ order: "stack", clips: [kick, hats] })
    expect(begins(answer, "kick")).toEqual([0, 0.5])
    expect(begins(answer, "hats")).toEqual([0, 0.25, 0.5, 0.75])
    expect(answer).toMatchObject({
      tempo: { cps: 0.5, set: true },
      lanes: [
        { label: "kick", haps: 2 },
        { label: "hats", haps: 4 },
      ],
    })
    expect(Answer.safeParse(answer).success).toBe(true)
  })

  it("play by the song's own tempo if it has one", async () => {
    const answer = await play({ order: "stack", clips: [kick, hats], cps: 1 })
    expect(begins(answer, "kick")).toEqual([0])
    expect(begins(answer, "hats")).toEqual([0, 0.5])
  })
})

describe("sections one after the other", () => {
  it("play their clips together, and a clip in several", async () => {
    const sections = [
      { cycles: 1, clips: ["kick"] },
      { cycles: 2, clips: ["kick", "hats"] },
    ]
    const answer = await play({ order: "stack", clips: [kick, hats], sections, cps: 0.5 }, 4)
    expect(begins(answer, "kick")).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5])
    expect(begins(answer, "hats")).toEqual([1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75])
  })
})

describe("clips one after the other", () => {
  it("play for as many cycles as they are given, then from the beginning", async () => {
    const song: Song = {
      order: "arrange",
      clips: [
        { ...kick, cycles: 2 },
        { ...hats, cycles: 1 },
      ],
    }
    const answer = await play(song, 5)
    expect(begins(answer, "kick")).toEqual([0, 0.5, 1, 1.5, 3, 3.5, 4, 4.5])
    expect(begins(answer, "hats")).toEqual([2, 2.25, 2.5, 2.75])
  })
})

describe("the clips of one song", () => {
  const defines = { id: "tools", code: "register('twice', (pat) => pat.fast(2))" }
  const uses = { id: "bass", code: '$: note("c2").twice()' }

  it("use what the ones before them registered", async () => {
    const answer = await play({ order: "stack", clips: [defines, uses] })
    expect(begins(answer, "bass")).toEqual([0, 0.5])
    expect(answer).toMatchObject({ ok: true, lanes: [{ label: "bass" }] })
  })

  it("leave nothing for the next song", async () => {
    await play({ order: "stack", clips: [defines, uses] })
    expect(await play({ order: "stack", clips: [uses] })).toMatchObject({
      ok: false,
      clip: "bass",
      error: { stage: "run" },
    })
  })

  it("are told apart when one is to blame", async () => {
    const broken = { id: "keys", code: '\ns("bd").piano()' }
    const answer = await play({ order: "arrange", clips: [kick, { ...broken, cycles: 1 }] }, 8)
    expect(answer).toMatchObject({ ok: false, clip: "keys", error: { stage: "query", line: 2, column: 1 } })
  })

  it("ask for all their samples", async () => {
    const one = { id: "one", code: "samples('github:one/one')\ns('a')" }
    const two = { id: "two", code: "samples('github:two/two')\ns('b')" }
    const answer = await play({ order: "stack", clips: [one, two] })
    expect(answer).toMatchObject({ samples: [{ source: "github:one/one" }, { source: "github:two/two" }] })
  })

  it("are not heard where they only run for what they register", async () => {
    const answer = await play({
      order: "stack",
      clips: [
        { ...kick, silent: true },
        { id: "hats", code: 's("hh*2")' },
      ],
    })
    expect(answer).toMatchObject({ ok: true, lanes: [{ label: "hats" }] })
  })

  it("keep their own tempo, or follow the song's", async () => {
    const clips = [
      { id: "slow", code: 'setcps(0.5)\ns("bd")' },
      { id: "fast", code: 'setcps(1)\ns("hh")' },
    ]
    expect(begins(await play({ order: "stack", clips }, 1), "fast")).toEqual([0, 0.5])
    const following = clips.map((clip) => ({ ...clip, follows: true }))
    expect(begins(await play({ order: "stack", clips: following }, 1), "fast")).toEqual([0])
  })
})
