import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import type { Answer } from "@strudel-agent/strudel/result"
import { synths } from "@strudel-agent/strudel/synths"
import { openEngineWorker } from "@strudel-agent/strudel/testing/engine-worker"
import type { Vocabulary } from "@strudel-agent/strudel/word"
import { beforeAll, describe, expect, it } from "vitest"
import { chords, dictionaries } from "./chords.ts"
import { entries } from "./entries.ts"
import { isMethod, isValue, standsAlone } from "./forms.ts"
import { internalNames } from "./internals.ts"
import { scales } from "./scales.ts"
import { drums, soundfonts } from "./sounds.ts"

interface Engine {
  vocabulary(): Vocabulary
  evaluate(code: string, options?: { cycles?: number; tunings?: Record<string, number[]> }): Promise<Answer>
}

declare global {
  var strudelEngine: Engine
}

const script = fileURLToPath(import.meta.resolve("@strudel-agent/strudel/engine"))
let engine: Engine
beforeAll(async () => {
  await import(/* @vite-ignore */ pathToFileURL(script).href)
  engine = globalThis.strudelEngine
  const tunings: Record<string, number[]> = JSON.parse(readFileSync(join(dirname(script), "tunings.json"), "utf8"))
  await engine.evaluate("silence", { tunings })
})

const named = (...kinds: string[]) => entries.filter(({ kind }) => kinds.includes(kind))
const allNames = (...kinds: string[]) => named(...kinds).flatMap(({ name, aliases }) => [name, ...aliases])

describe("the reference", () => {
  it("names every function, control and signal that this build has, once, and none besides", () => {
    const told = [...allNames("function", "control", "signal"), ...internalNames]
    const real = engine.vocabulary().words.map(({ name }) => name)
    expect(told.toSorted()).toEqual(real.toSorted())
  })

  it("has each alias of a control at that control", () => {
    const homes = new Map(
      entries
        .filter(({ kind }) => kind !== "sound")
        .flatMap((entry) => [entry.name, ...entry.aliases].map((name) => [name, entry])),
    )
    const controls = engine.vocabulary().words.filter(({ control, name }) => control !== null && control !== name)
    const strays = controls.filter(({ name, control }) => control !== null && homes.get(name) !== homes.get(control))
    // The engine calls the first operator's ratio an alias of its amount by mistake; it is told by what it is meant to be.
    expect(strays.map(({ name }) => name).filter((name) => name !== "fmh1")).toEqual([])
  })

  it("names every chord and dictionary of voicings that this build has", () => {
    const { chords: real, dictionaries: known } = engine.vocabulary()
    expect(Object.fromEntries(chords.map(([symbol, voicing]) => [symbol, voicing]))).toEqual(real)
    expect(dictionaries).toEqual(known)
  })

  it("names every scale of the library that reads them", () => {
    // The library's own file of them, where its package lies beside those that need it.
    const strudel = createRequire(import.meta.resolve("@strudel-agent/strudel/engine"))
    const tonal = createRequire(createRequire(strudel.resolve("@strudel/tonal")).resolve("@tonaljs/tonal"))
    const folder = tonal.resolve
      .paths("@tonaljs/scale-type")
      ?.map((path) => join(path, "@tonaljs/scale-type"))
      .find(existsSync)
    const source = readFileSync(join(folder ?? "", "dist/index.mjs"), "utf8")
    const rows = source.matchAll(/\[\s*"(?:\d[AdmMP]+ ?)+",\s*((?:"[^"]+",?\s*)+)\]/g)
    const real = [...rows].map(([, names = ""]) => [...names.matchAll(/"([^"]+)"/g)].map(([, name]) => name).join("|"))
    expect(scales.map(([names]) => names)).toEqual(real)
  })

  it("names every computed sound, every built-in drum and every soundfont", () => {
    const computed = named("sound").filter(({ topic }) => topic === "synths")
    expect(new Set(computed.flatMap(({ name, aliases }) => [name, ...aliases]))).toEqual(new Set(synths))
    const kit = readFileSync(new URL("../../sandbox/src/kit/kit.ts", import.meta.url), "utf8")
    const inKit = [...kit.matchAll(/^ {2}(\w+): \[/gm)].map(([, name]) => name)
    expect(drums.map(([name]) => name)).toEqual(inKit)
    const fonts = createRequire(new URL("../../sandbox/package.json", import.meta.url)).resolve("@strudel/soundfonts")
    const gm = readFileSync(join(dirname(dirname(fonts)), "gm.mjs"), "utf8")
    const real = [...gm.matchAll(/^\s+(gm_\w+):/gm)].map(([, name]) => name)
    expect(soundfonts.flatMap(([, names]) => names.split(" ")).toSorted()).toEqual(real.toSorted())
  })

  it("knows of each whether it stands behind a pattern, for itself, or is a pattern", () => {
    const words = new Map(engine.vocabulary().words.map((word) => [word.name, word]))
    for (const entry of named("function", "control", "signal")) {
      const { asFunction = false, asMethod = false } = words.get(entry.name) ?? {}
      const forms = { name: entry.name, method: isMethod(entry), alone: standsAlone(entry) }
      const value = isValue(entry)
      expect(forms).toEqual({ name: entry.name, method: asMethod, alone: asFunction || value })
      expect(value).toBe(!asFunction && !asMethod)
      expect(entry.signature.endsWith(")")).toBe(!value)
    }
  })

  it("says the name of each in its example", () => {
    const silent = entries.filter(
      ({ name, kind, example }) => kind !== "notation" && kind !== "scale" && !example.includes(name),
    )
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  it("says of each what it does in one sentence", () => {
    for (const { does, signature } of entries) {
      expect(does).toMatch(/^\S.*\.$/s)
      expect(signature).not.toBe("")
    }
  })
})

interface Told {
  ok: boolean
  events: number
  message: string
}

/** Examples that do not play, each with why. */
async function notPlaying(play: (example: string) => Promise<Told>): Promise<string[]> {
  const told = await Promise.all(entries.map(async (entry) => ({ ...entry, ...(await play(entry.example)) })))
  return told.flatMap(({ name, kind, example, ok, events, message }) =>
    ok && events > 0 ? [] : [`${kind} ${name}: ${example}: ${ok ? "plays nothing" : message}`],
  )
}

const countOf = (answer: Answer): Told =>
  answer.ok
    ? { ok: true, events: answer.haps.length, message: "" }
    : { ok: false, events: 0, message: answer.error.message }

const cycles = 4

/** An engine evaluates one code after another. */
function oneByOne(evaluate: (code: string) => Promise<Answer>): (code: string) => Promise<Told> {
  let turn: Promise<unknown> = Promise.resolve()
  return (code) => {
    const answer = turn.then(() => evaluate(code))
    turn = answer.catch(() => {})
    return answer.then(countOf)
  }
}

describe("every example plays", { timeout: 120_000 }, () => {
  it("in Node", async () => {
    expect(await notPlaying(oneByOne((example) => engine.evaluate(example, { cycles })))).toEqual([])
  })

  it("in the worker that analyses", async () => {
    const worker = openEngineWorker(dirname(script))
    const play = oneByOne(async (example) => (await worker.evaluate(example, { cycles })).answer)
    expect(await notPlaying(play).finally(() => worker.close())).toEqual([])
  })

  it("in QuickJS", async () => {
    const options = { folder: dirname(script), threads: 2, queue: entries.length, deadline: 20_000, kill: 25_000 }
    const analyser = createAnalyser(options)
    const play = async (example: string) => {
      const answer = await analyser.describe(example, { cycles })
      return answer.ok
        ? { ok: true, events: answer.events, message: "" }
        : { ok: false, events: 0, message: answer.error.message }
    }
    expect(await notPlaying(play).finally(() => analyser.close())).toEqual([])
  })
})
