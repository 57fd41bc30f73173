import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, inject, it, onTestFinished } from "vitest"
import { createEar, EarUnavailable, NotHeard } from "./ear.ts"
import { bands } from "./heard.ts"
import type { Job } from "./job.ts"
import "./testing/build-once.ts"

const folder = inject("earPackage")
const ear = createEar({ folder })

/** Events of one sound each, so many a cycle. */
function haps(value: Record<string, string | number>, perCycle: number, cycles = 2): Job["haps"] {
  return Array.from({ length: perCycle * cycles }, (_, index) => {
    const [begin, end] = [index / perCycle, (index + 1) / perCycle]
    const note = typeof value.note === "number" ? value.note : null
    return { begin, end, until: end, value, sound: String(value.s), note }
  })
}

const job = (...layers: Job["haps"][]): Job => ({
  haps: layers.flat().sort((one, other) => one.begin - other.begin),
  cps: 0.5,
  cycles: 2,
  maps: [],
  layers: layers.length > 1,
})

describe("the ear", () => {
  it("hears four on the floor: their tempo, their number, and that they are low", async () => {
    const heard = await ear.listen(job(haps({ s: "bd" }, 4)))
    expect(heard).toMatchObject({ seconds: 4, onsets: 2, clips: 0, width: 0, unheard: [] })
    expect(heard.tempo === null || [60, 120].some((bpm) => Math.abs((heard.tempo ?? 0) - bpm) < 1)).toBe(true)
    expect(heard.bands[1]).toBeGreaterThan((heard.bands[4] ?? 0) + 20)
    expect(heard.loudness).toBeGreaterThan(-30)
  })

  it("has the same figures twice, with noise, processors and rooms", async () => {
    const asked = job(
      haps({ s: "supersaw", note: 48, room: 0.5, gain: 0.4 }, 2),
      haps({ s: "white", decay: 0.1, sustain: 0, crush: 4, gain: 0.3 }, 8),
    )
    const [once, again] = await Promise.all([ear.listen(asked), ear.listen(asked)])
    expect(once.loudness).not.toBeNull()
    expect(again).toEqual(once)
  })

  it("tells what clips, which the page would turn down", async () => {
    const { clips, peak } = await ear.listen(job(haps({ s: "sawtooth", note: 40, gain: 6 }, 1)))
    expect(clips).toBeGreaterThan(0)
    expect(peak).toBeGreaterThan(0)
  })

  it("stops where nobody waits for it any more", async () => {
    const leaving = new AbortController()
    const listening = ear.listen(job(haps({ s: "bd" }, 4)), leaving.signal)
    leaving.abort(new Error("gone"))
    await expect(listening).rejects.toThrow("gone")
    await expect(ear.listen(job(haps({ s: "bd" }, 4)), leaving.signal)).rejects.toThrow("gone")
  })

  it("names the sounds whose files are not here", async () => {
    const { unheard } = await ear.listen(job(haps({ s: "casio" }, 2), haps({ s: "bd" }, 4)))
    expect(unheard).toEqual(["casio"])
  })

  it("hears a sample that is kept", async () => {
    const url = "https://samples.example/tone.wav"
    const frames = 22_050
    const wav = Buffer.alloc(44 + frames * 2)
    wav.write("RIFF", 0)
    wav.writeUInt32LE(36 + frames * 2, 4)
    wav.write("WAVEfmt ", 8)
    wav.writeUInt32LE(16, 16)
    wav.writeUInt16LE(1, 20)
    wav.writeUInt16LE(1, 22)
    wav.writeUInt32LE(44_100, 24)
    wav.writeUInt32LE(88_200, 28)
    wav.writeUInt16LE(2, 32)
    wav.writeUInt16LE(16, 34)
    wav.write("data", 36)
    wav.writeUInt32LE(frames * 2, 40)
    for (let frame = 0; frame < frames; frame++) {
      wav.writeInt16LE(Math.round(20_000 * Math.sin((2 * Math.PI * 3_000 * frame) / 44_100)), 44 + 2 * frame)
    }
    const map = "https://samples.example/strudel.json"
    const files = new Map([
      [map, { type: "application/json", bytes: Buffer.from(JSON.stringify({ _base: "", tone: [url] })) }],
      [url, { type: "audio/wav", bytes: wav }],
    ])
    const keeper = createEar({ folder, kept: async (address) => files.get(address) ?? null })
    const heard = await keeper.listen({ ...job(haps({ s: "tone" }, 1)), maps: [{ map, base: null }] })
    expect(heard.unheard).toEqual([])
    const loudest = bands[heard.bands.indexOf(Math.max(...heard.bands))]
    expect(loudest?.name).toBe("high mids")
  })

  it("tells who masks whom of several sounds", async () => {
    const { masked } = await ear.listen(
      job(haps({ s: "sawtooth", note: 48, gain: 1 }, 1), haps({ s: "sine", note: 49, gain: 0.02 }, 1)),
    )
    expect(masked).toEqual([{ name: "sine", by: "sawtooth", part: 1, band: "bass" }])
  })

  it("refuses more seconds than it listens to", async () => {
    await expect(ear.listen({ ...job(), cycles: 1_000 })).rejects.toThrow("at most 60 seconds")
  })

  it("listens to ten thousand voices at once within its limits", async () => {
    const { loudness } = await ear.listen({ ...job(haps({ s: "sawtooth", note: 48 }, 10_000, 1)), cycles: 0.5 })
    expect(loudness).not.toBeNull()
  })

  it("ends a child that takes too long, and one that does not start is told apart", async () => {
    const hasty = createEar({ folder, deadline: 1 })
    await expect(hasty.listen(job(haps({ s: "sawtooth", note: 48 }, 16)))).rejects.toThrow(NotHeard)
    await expect(createEar({ folder: folderOf(null) }).listen(job())).rejects.toThrow(EarUnavailable)
    await expect(createEar({ folder: folderOf("throw new Error('no')") }).listen(job())).rejects.toThrow(EarUnavailable)
  })

  it.each([
    ["never ends", "for (;;);", "It takes too long to render"],
    ["is killed", "process.kill(process.pid, 'SIGKILL')", "It ended the process that rendered it (SIGKILL)"],
    ["takes all memory", "const all = []; for (;;) all.push(new Array(1e6).fill({}))", "It ended the process"],
    ["says what has no sense", "process.send({ type: 'heard', heard: { loudness: 'loud' } })", "has no sense"],
  ])(
    "refuses what a child that %s leaves, and hears the next",
    async (_, work, words) => {
      const child = folderOf(`process.send("ready"); process.once("message", () => { ${work} })`)
      await expect(
        createEar({ folder: child, deadline: work === "for (;;);" ? 500 : 50_000 }).listen(job()),
      ).rejects.toThrow(words)
      expect(await ear.listen(job())).toMatchObject({ loudness: null })
    },
    60_000,
  )
})

/** A folder with another child in it, or none. */
function folderOf(script: string | null): string {
  const made = mkdtempSync(join(tmpdir(), "strudel-other-ear-"))
  onTestFinished(() => rmSync(made, { recursive: true }))
  if (script !== null) writeFileSync(join(made, "child.mjs"), script)
  return made
}
