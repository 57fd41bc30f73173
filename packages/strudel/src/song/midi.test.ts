import { parseMidi } from "midi-file"
import { beforeAll, describe, expect, it } from "vitest"
import type { StrudelEngine } from "../engine.ts"
import { builtPackage, loadEngine } from "../testing/built-package.ts"
import { midiFile, midiTempos } from "./midi.ts"

let engine: StrudelEngine

beforeAll(async () => {
  engine = await loadEngine(builtPackage())
})

async function midiOf(code: string, cycles = 1) {
  const answer = await engine.evaluate(code, { cycles })
  if (!answer.ok) throw new Error(answer.error.message)
  const file = midiFile(answer.haps, { name: "Türe ♥", tempos: [{ cycle: 0, cps: answer.tempo.cps }] })
  return parseMidi(file)
}

/** The notes of a track: tick, channel, key, velocity, and ticks until it is let go. */
function notesOf({ tracks }: ReturnType<typeof parseMidi>, index: number) {
  let tick = 0
  const notes: number[][] = []
  for (const event of tracks[index] ?? []) {
    tick += event.deltaTime
    if (event.type === "noteOn") notes.push([tick, event.channel, event.noteNumber, event.velocity])
    if (event.type !== "noteOff") continue
    const open = notes.find(
      ([, channel, key, , length]) => channel === event.channel && key === event.noteNumber && !length,
    )
    open?.push(tick - (open[0] ?? 0))
  }
  return notes
}

describe("a MIDI file", () => {
  it("has a track for each sound, with the notes where they sound", async () => {
    const midi = await midiOf('setcps(0.5); stack(s("bd*2, hh"), note("c3 e3").s("sawtooth").clip(0.5))')
    expect(midi.header).toMatchObject({ format: 1, numTracks: 4, ticksPerBeat: 960 })
    const names = midi.tracks.map((track) => track.find((event) => event.type === "trackName"))
    expect(names.map((event) => event?.type === "trackName" && event.text)).toEqual(["Ture ", "bd", "hh", "sawtooth"])
    expect(notesOf(midi, 1)).toEqual([
      [0, 9, 36, 100, 1920],
      [1920, 9, 36, 100, 1920],
    ])
    expect(notesOf(midi, 2)).toEqual([[0, 9, 42, 100, 3840]])
    expect(notesOf(midi, 3)).toEqual([
      [0, 0, 48, 100, 960],
      [1920, 0, 52, 100, 960],
    ])
  })

  it("is as fast as the code", async () => {
    const midi = await midiOf('setcpm(30); s("bd")')
    const tempo = midi.tracks[0]?.find((event) => event.type === "setTempo")
    // 30 cycles of four beats in a minute.
    expect(tempo).toMatchObject({ microsecondsPerBeat: 500_000 })
  })

  it("lets a key go before it is struck again", async () => {
    const midi = await midiOf('note("c3*2").s("sine").clip(4)')
    const events = midi.tracks[1]?.filter(({ type }) => type === "noteOn" || type === "noteOff")
    expect(events?.map(({ type }) => type)).toEqual(["noteOn", "noteOff", "noteOn", "noteOff"])
    expect(notesOf(midi, 1)[0]?.at(-1)).toBe(1920)
  })

  it("plays a bank's drum on the drum channel, pitched samples by their pitch, others as middle C", async () => {
    const midi = await midiOf('stack(s("sd").bank("RolandTR909"), s("piano").note(61.4), s("whale"))')
    expect([1, 2, 3].map((index) => notesOf(midi, index)[0]?.slice(1, 3))).toEqual([
      [9, 38],
      [0, 61],
      [1, 60],
    ])
  })

  it("strikes harder what is louder, within what MIDI knows", async () => {
    const midi = await midiOf('s("bd bd bd bd").gain("0 .4 .8 3").velocity("1 1 .5 1")')
    expect(notesOf(midi, 1).map(([, , , velocity]) => velocity)).toEqual([50, 50, 127])
  })

  it("has no note for what is silent, and multiplies gain and velocity", async () => {
    const midi = await midiOf('note("c4 d4 e4 f4").s("piano").gain("1 0 .5 2").velocity("1 1 .5 1")')
    expect(notesOf(midi, 1).map(([, , key, velocity]) => [key, velocity])).toEqual([
      [60, 125],
      [64, 31],
      [65, 127],
    ])
    const labelled = await midiOf('setcpm(30)\n$: note("c4 d4 e4 f4").s("piano").gain("1 0 .5 2")')
    expect(notesOf(labelled, 1).map(([, , key, velocity]) => [key, velocity])).toEqual([
      [60, 125],
      [64, 63],
      [65, 127],
    ])
    const silent = [
      "gain(0)",
      "velocity(0)",
      "postgain(0)",
      'gain("0.0")',
      "clip(0)",
      "speed(0)",
      "dry(0)",
      's("~")',
      's("-")',
    ]
    for (const control of silent) {
      expect([control, (await midiOf(`stack(s("bd").${control}, s("hh"))`)).tracks.length]).toEqual([control, 2])
    }
    expect((await midiOf('s("bd").dry(0).room(1)')).tracks.length).toBe(2)
    // A computed sound has no speed, and what is turned round is as loud.
    const heard = await midiOf('stack(note("c3").s("sine").speed(0), s("bd").gain(-.4), s("hh").gain(.001))')
    expect([1, 2, 3].map((index) => notesOf(heard, index)[0]?.[3])).toEqual([100, 50, 1])
  })

  it("has the time of a tempo that is too slow for its three bytes, and tells what none of them can say", async () => {
    const tempoOf = (midi: ReturnType<typeof parseMidi>) =>
      midi.tracks[0]?.flatMap((event) => (event.type === "setTempo" ? [event.microsecondsPerBeat] : []))
    // A cycle of 100 seconds: four beats of 25 seconds would be 2.4 a minute.
    const slow = await midiOf('setcps(0.01); s("bd*2")')
    expect(tempoOf(slow)).toEqual([12_500_000])
    expect(notesOf(slow, 1).map(([tick]) => tick)).toEqual([0, 8 * 480])
    expect(midiTempos([{ cycle: 0, cps: 0.01 }])).toEqual({ beatsPerCycle: 8, beyond: [] })
    expect(midiTempos([{ cycle: 0, cps: 0.5 }])).toEqual({ beatsPerCycle: 4, beyond: [] })
    const { beatsPerCycle, beyond } = midiTempos([
      { cycle: 0, cps: 1e-6 },
      { cycle: 1, cps: 0.5 },
    ])
    expect(beatsPerCycle).toBe(64)
    expect(beyond.map(({ asked, written }) => [asked.toFixed(5), written.toFixed(3)])).toEqual([["0.00024", "0.224"]])
    const fast = midiTempos([{ cycle: 0, cps: 1e6 }])
    expect(fast.beyond).toEqual([{ asked: 240_000_000, written: 60_000_000 }])
    expect(tempoOf(await midiOf('setcps(1000000); s("bd")'))).toEqual([1])
  })

  it("of nothing is a file without notes", async () => {
    expect((await midiOf("silence")).tracks).toHaveLength(1)
  })
})
