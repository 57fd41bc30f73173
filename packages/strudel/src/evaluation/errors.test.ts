import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { StrudelEngine } from "../engine.ts"
import { type Analyser, createAnalyser } from "../quickjs/analyser.ts"
import type { Problem } from "../result.ts"
import { builtPackage, loadEngine } from "../testing/built-package.ts"
import { errorFixtures } from "../testing/fixtures.ts"

type Expected = [stage: Problem["stage"], line: number, column: number, message: RegExp | string]

const tooEarly = "The mini notation ends too early: something is not closed"
const noExpression = /^The last statement must be an expression/
const inLoop = "It takes more than 0.5 seconds of computing: does this loop ever end?"
const slow = "It takes more than 0.5 seconds of computing"

const expected: Record<string, Expected> = {
  "mini-at-run-time": ["mini", 2, 4, tooEarly],
  "mini-second-line": ["mini", 3, 6, 'Unexpected "]" in the mini notation'],
  "mini-second-string": ["mini", 3, 12, tooEarly],
  "mini-unclosed": ["mini", 2, 13, tooEarly],
  "parse-await-in-function": ["parse", 2, 9, "Unexpected token"],
  "parse-bracket": ["parse", 4, 1, "Unexpected token"],
  "parse-ends-in-loop": ["parse", 2, 1, noExpression],
  "parse-labels-then-definition": ["parse", 3, 1, noExpression],
  "parse-quote": ["parse", 1, 3, "Unterminated string constant"],
  "parse-token": ["parse", 2, 4, "Unexpected token"],
  "query-callback": ["query", 2, 23, 'Cannot read "down" of undefined'],
  "query-lane": ["query", 3, 1, 'note "G3" is not in scale "major"'],
  "query-method-of-signal": ["query", 2, 25, "toFixxed is not a function"],
  "query-second-lane": ["query", 2, 1, "valueToMidi: expected freq or note to be set"],
  "query-when": ["query", 1, 38, "nothing is not a function"],
  "query-without-lane": ["query", 3, 1, "valueToMidi: expected freq or note to be set"],
  "run-after-await": ["run", 3, 4, "nope is not a function"],
  "run-before-declaration": ["run", 1, 3, "name is used before it is defined"],
  "run-constant": ["run", 3, 1, "A const cannot be set again"],
  "run-function-not-defined": ["run", 2, 4, "sund is not defined"],
  "run-in-all": ["run", 3, 4, "nothing is not a function"],
  "run-in-each": ["run", 3, 17, "missing is not defined"],
  "run-in-library": ["run", 2, 12, ".echo() expects 3 inputs but got 1."],
  "run-in-register": ["run", 1, 45, 'Cannot read "z" of undefined'],
  "run-label-notation": ["run", 1, 9, /^A label must be a plain string/],
  "run-import": [
    "run",
    1,
    21,
    "import() would load code from elsewhere, which a clip may not: write what it needs into the clip",
  ],
  "run-network": ["run", 1, 20, "There is no network while code is analysed"],
  "run-not-a-method": ["run", 3, 4, "fooo is not a function"],
  "run-not-defined": ["run", 2, 17, "cutof is not defined"],
  "run-null": ["run", 2, 18, 'Cannot read "index" of null'],
  "run-recursion": ["run", 1, 30, "Too much recursion"],
  "run-rejected": ["run", 2, 9, "not today"],
  "run-same-name": ["run", 3, 4, "lpff is not a function"],
  "run-thrown": ["run", 2, 20, "no more than two"],
  "run-tune": [
    "query",
    2,
    1,
    'not a valid tune.js scale name: "no-such-scale". See http://abbernie.github.io/tune/scales.html',
  ],
  "run-undefined-call": ["run", 2, 27, "volume is not a function"],
}

/** Only a machine with limits gets over these. */
const expectedOfMemory: Record<string, Expected> = { "run-memory": ["run", 2, 41, "Out of memory"] }
const expectedOfTime: Record<string, Expected> = {
  "timeout-callback": ["timeout", 3, 3, inLoop],
  "timeout-caught": ["timeout", 1, 1, inLoop],
  "timeout-native": ["timeout", 2, 6, slow],
  "timeout-never": ["run", 1, 1, "It waits for something that never comes"],
  "timeout-pattern-function": ["timeout", 3, 5, inLoop],
  "timeout-second-loop": ["timeout", 2, 1, inLoop],
  "timeout-timer": ["timeout", 2, 3, inLoop],
  "timeout-too-much": ["timeout", 1, 1, slow],
  "timeout-top-level": ["timeout", 2, 1, inLoop],
}

const codes = new Map(errorFixtures().map(({ name, code }) => [name, code]))
const cases = (table: Record<string, Expected>) =>
  Object.entries(table).map(([name, [stage, line, column, message]]) => ({
    name,
    error: { stage, line, column, message: typeof message === "string" ? message : expect.stringMatching(message) },
  }))

let engine: StrudelEngine
/** With time enough for a busy machine. */
let patient: Analyser
let strict: Analyser

beforeAll(async () => {
  const folder = builtPackage()
  engine = await loadEngine(folder)
  patient = createAnalyser({ folder, deadline: 20_000, kill: 25_000 })
  strict = createAnalyser({ folder, threads: 2, deadline: 500, kill: 3_000 })
})
afterAll(() => Promise.all([patient.close(), strict.close()]))

it("knows what to expect of every fixture", () => {
  expect([...codes.keys()]).toEqual(Object.keys({ ...expected, ...expectedOfMemory, ...expectedOfTime }).sort())
})

describe("a problem is told with stage, words and place", () => {
  it.each(cases(expected))("$name, in Node", async ({ name, error }) => {
    expect(await engine.evaluate(codes.get(name) ?? "")).toMatchObject({ ok: false, error })
  })

  it.each([...cases(expected), ...cases(expectedOfMemory)])("$name, in QuickJS", async ({ name, error }) => {
    expect(await patient.analyse(codes.get(name) ?? "")).toMatchObject({ ok: false, error })
  })

  it.concurrent.each(cases(expectedOfTime))(
    "$name, in time",
    async ({ name, error }) => {
      expect(await strict.analyse(codes.get(name) ?? "")).toMatchObject({ ok: false, error })
      expect(await strict.analyse('s("bd")', { cycles: 1 })).toMatchObject({ ok: true, haps: [{ sound: "bd" }] })
    },
    120_000,
  )
})
