import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import type { Answer } from "@strudel-agent/strudel/result"
import { synths } from "@strudel-agent/strudel/synths"
import type { Vocabulary } from "@strudel-agent/strudel/word"
import { beforeAll, describe, expect, it } from "vitest"
import { chords, dictionaries } from "./chords.ts"
import { entries } from "./entries.ts"
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

let engine: Engine
beforeAll(async () => {
  const script = fileURLToPath(import.meta.resolve("@strudel-agent/strudel/engine"))
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

  it("has for each an example that plays and says its name", async () => {
    const failed: string[] = []
    for (const { name, kind, example } of entries) {
      const answer = await engine.evaluate(example, { cycles: 4 })
      const plays = answer.ok && answer.haps.length > 0
      if (!plays) failed.push(`${kind} ${name}: ${example}: ${answer.ok ? "plays nothing" : answer.error.message}`)
      const isWritten = kind === "notation" || kind === "scale" || example.includes(name)
      if (!isWritten) failed.push(`${kind} ${name} is not in ${example}`)
    }
    expect(failed).toEqual([])
  })

  it("says of each what it does in one sentence", () => {
    for (const { does, signature } of entries) {
      expect(does).toMatch(/^\S.*\.$/s)
      expect(signature).not.toBe("")
    }
  })
})
