import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { StrudelEngine } from "./engine.ts"
import { type Analyser, createAnalyser } from "./quickjs/analyser.ts"
import { Answer } from "./result.ts"
import { builtPackage, loadEngine } from "./testing/built-package.ts"
import { openEngineWorker } from "./testing/engine-worker.ts"
import { clipFixtures, sampleClips } from "./testing/fixtures.ts"

interface Row {
  clip: string
  events: number
  node: number
  worker: number
  quickjs: number
}

const rows: Row[] = []
let folder: string
let engine: StrudelEngine
let analyser: Analyser
let worker: ReturnType<typeof openEngineWorker>

beforeAll(async () => {
  folder = builtPackage()
  engine = await loadEngine(folder)
  analyser = createAnalyser({ folder, deadline: 20_000, kill: 25_000 })
  worker = openEngineWorker(folder)
})

afterAll(async () => {
  await Promise.all([analyser.close(), worker.close()])
  console.table(rows)
  const gzip = Math.round(gzipSync(readFileSync(join(folder, "engine.js"))).length / 1000)
  const medians = { node: median("node"), worker: median("worker"), quickjs: median("quickjs") }
  console.log(`engine.js: ${gzip} kB gzipped; median of ${rows.length} clips in ms:`, medians)
})

function median(runner: "node" | "worker" | "quickjs"): number | undefined {
  return rows.map((row) => row[runner]).sort((one, other) => one - other)[Math.floor(rows.length / 2)]
}

async function timed<Result>(work: () => Promise<Result>) {
  const begun = performance.now()
  const answer = await work()
  return { answer, ms: performance.now() - begun }
}

const round = (ms: number) => Math.round(ms * 10) / 10

it.each([...clipFixtures(), ...sampleClips()])(
  "$name plays the same in Node, in a worker and in QuickJS",
  async ({ name, code }) => {
    const node = await timed(() => engine.evaluate(code))
    const inWorker = await worker.evaluate(code)
    const inQuickjs = await timed(() => analyser.analyse(code))

    expect(node.answer).toMatchObject({ ok: true })
    expect(Answer.parse(node.answer)).toEqual(node.answer)
    expect(inWorker.answer).toEqual(node.answer)
    expect(inQuickjs.answer).toEqual(node.answer)
    const events = node.answer.ok ? node.answer.haps.length : 0
    rows.push({ clip: name, events, node: round(node.ms), worker: round(inWorker.ms), quickjs: round(inQuickjs.ms) })
  },
)

it("plays of every clip what it has always played", async () => {
  const lines: string[] = []
  for (const { name, code } of clipFixtures()) lines.push(`${name}: ${summary(await engine.evaluate(code))}`)
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("../fixtures/clips.txt")
})

/** What matters of an answer in one line, for a reader to check by ear or by hand. */
function summary(answer: Answer): string {
  if (!answer.ok) return `${answer.error.stage} ${answer.error.message}`
  const lanes = answer.lanes.map(({ label, state, haps }) => `${label} ${state === "playing" ? haps : state}`)
  const sounds = answer.sounds.map(({ name, haps }) => `${name} ×${haps}`)
  const warnings = answer.warnings.map(({ kind, name }) => (name ? `${kind} ${name}` : kind))
  const parts = [
    `${answer.haps.length} haps`,
    answer.definitionsOnly ? "definitions" : "",
    lanes.join(", "),
    sounds.slice(0, 6).join(", "),
    warnings.length > 0 ? `warns: ${warnings.join(", ")}` : "",
  ]
  return parts.filter(Boolean).join("; ")
}

it("fits into the page's budget", () => {
  expect(gzipSync(readFileSync(join(folder, "engine.js"))).length).toBeLessThan(150_000)
})
