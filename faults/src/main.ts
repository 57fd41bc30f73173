import { parseArgs } from "node:util"
import { full } from "./fault.ts"
import { faults } from "./faults.ts"
import { createPlace } from "./place.ts"
import { inSeconds } from "./waiting.ts"

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    /** Rounds of killing. */
    rounds: { type: "string", default: String(full.rounds) },
    /** Messages that are appended in each of them. */
    appends: { type: "string", default: String(full.appends) },
    /** Generated requests to each door. */
    inputs: { type: "string", default: String(full.inputs) },
    /** What is random is the same for the same seed. */
    seed: { type: "string", default: String(full.seed) },
    /** Names the faults and does none. */
    list: { type: "boolean", default: false },
  },
})

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const unknown = names.filter((name) => faults.every((fault) => fault.name !== name))
if (unknown.length > 0 || values.list) {
  for (const { name, what } of faults) say(`${name}: ${what}`)
  if (unknown.length > 0) process.stderr.write(`There is no fault of the name ${unknown.join(", ")}.\n`)
  process.exit(unknown.length > 0 ? 2 : 0)
}

const scale = {
  ...full,
  ...{ rounds: Number(values.rounds), appends: Number(values.appends) },
  ...{ inputs: Number(values.inputs), seed: Number(values.seed) },
}
let place = createPlace()
let isEnding = false
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (isEnding) return
    isEnding = true
    void place.leave().then(() => process.exit(130))
  })
}

let failed = 0
for (const { name, what, run } of faults.filter((fault) => names.length === 0 || names.includes(fault.name))) {
  say(`${name}: ${what}`)
  const begin = performance.now()
  place = createPlace()
  const { seen, problems, skipped } = await run(place, scale, (line) => say(`  ${line}`)).catch((error: unknown) => ({
    ...{ seen: [], skipped: undefined },
    problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  }))
  if (isEnding) break
  await place.leave()
  for (const line of seen) say(`  ${line}`)
  for (const problem of problems) say(`  PROBLEM: ${problem}`)
  const word = skipped ? `skipped, because ${skipped}` : problems.length === 0 ? "passed" : "FAILED"
  if (problems.length > 0) failed++
  say(`  ${word} (${inSeconds(performance.now() - begin)})`)
}
if (!isEnding) process.exit(failed === 0 ? 0 : 1)
