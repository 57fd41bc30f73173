import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { defaults } from "../evaluation/evaluate-options.ts"
import { builtPackage } from "../testing/built-package.ts"
import { type Analyser, createAnalyser } from "./analyser.ts"
import { readAnswer } from "./answer-text.ts"

let analyser: Analyser
/** With time enough for a busy machine. */
let patient: Analyser
beforeAll(() => {
  const folder = builtPackage()
  analyser = createAnalyser({ folder, deadline: 500, kill: 10_000 })
  patient = createAnalyser({ folder, deadline: 20_000, kill: 25_000 })
})
afterAll(() => Promise.all([analyser.close(), patient.close()]))

/** Code whose answer is told as what an expression makes of it, in place of what it plays. */
const forge = (expression: string, before = "") => `${before}
Object.defineProperty(Object.prototype, 'toJSON', {
  configurable: true,
  value() {
    delete Object.prototype.toJSON
    return (${expression})
  },
})
s("bd")`

/** The answer of `s("bd")`, changed. */
const changed = (change: string) => forge(`{ ...this, ${change} }`)
const changedHap = (change: string) => changed(`haps: [{ ...this.haps[0], ${change} }]`)
const changedSound = (change: string) => changed(`sounds: [{ ...this.sounds[0], ${change} }]`)
const nested = "let deep = []\nfor (let depth = 0; depth < 1000; depth++) deep = [deep]"
const doubled = "let deep = []\nfor (let depth = 0; depth < 20; depth++) deep = [deep, deep]"

const forgeries = {
  "a list of empty lists": forge("{ ok: true, a: Array(2_600_000).fill([]) }"),
  "a longer list of empty lists": forge("{ ok: true, a: Array(4_000_000).fill([]) }"),
  "a list of empty objects": forge("{ ...this, haps: Array(2_600_000).fill({}) }"),
  "the same list many times": forge("Array(1000).fill(Array(1000).fill([]))"),
  "lists within lists": forge("deep", nested),
  "lists within lists twice over": forge("deep", doubled),
  "a deep value of an event": forge("{ ...this, haps: [{ ...this.haps[0], value: { deep } }] }", nested),
  "names that are all different": forge("Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => ['k' + i, i]))"),
  "a long text": forge("'x'.repeat(20_000_000)"),
  "a long text of two bytes each": forge("'\\u4e00'.repeat(10_000_000)"),
  "more events than asked for": changed("haps: Array(30_000).fill(this.haps[0])"),
  "fifty thousand sounds": changed("sounds: Array(50_000).fill(this.sounds[0])"),
  "a hundred thousand lanes": changed(
    "lanes: Array(100_000).fill({ label: '', state: 'solo', place: null, haps: 1, sounds: [] })",
  ),
  "a colour that is none": changedSound("colour: 99"),
  "a colour between two": changedSound("colour: 0.5"),
  "a colour that is a text": changedSound("colour: '0'"),
  "a list of notes without end": changedSound("notes: Array(100_000).fill(1)"),
  "other cycles than asked for": changed("cycles: 1_000_000_000"),
  "another begin": changed("from: 1e300"),
  "a time that is no number": changedHap("begin: NaN"),
  "a time without end": changedHap("until: Infinity"),
  "a pitch that is no number": changedHap("note: 'c3'"),
  "no tempo": changed("tempo: { ...this.tempo, cps: 0 }"),
  "a problem at no place": forge(
    "{ ok: false, warnings: [], error: { stage: 'run', message: '', line: -1, column: 0 } }",
  ),
  "a problem without words": forge("{ ok: false, warnings: [], error: { stage: 'run', line: 1, column: 1 } }"),
  nothing: forge("undefined"),
  null: forge("null"),
  "a number": forge("1"),
  "a getter that throws": forge("{ ...this, get haps() { throw new Error('no') } }"),
  "a getter without end": forge("{ ...this, get haps() { for (;;) {} } }"),
  "a proxy": forge("new Proxy({}, { get() { for (;;) {} }, ownKeys() { for (;;) {} } })"),
  "itself in itself": forge("{ ...this, lanes: (this.lanes.push(this), this.lanes) }"),
}

const tampering = {
  "lists that cannot be mapped": "Array.prototype.map = Array.prototype.flatMap = null\ns('bd')",
  "lists that are sorted into others": "Array.prototype.sort = () => Array(1e6).fill([])\ns('bd')",
  "lists without an iterator": "Array.prototype[Symbol.iterator] = () => { for (;;) {} }\ns('bd')",
  "numbers that are texts": "Number.prototype.toPrecision = () => 'x'.repeat(1e8)\ns('bd').gain(0.1)",
  "promises that never come": "Promise.prototype.then = () => {}\nawait new Promise(() => {})",
  "promises that come at once":
    "Promise.prototype.then = function (give) { give('x'.repeat(1e7)); return this }\nawait 1\nthrow 1",
  "another answer by name": `globalThis.answer = '{"a":[' + '[],'.repeat(8_000_000) + '0]}'\nawait new Promise(() => {})`,
  "another way to explain": "globalThis.explain = globalThis.strudelEngine = null\nawait new Promise(() => {})",
}

const thrown = {
  "a list of empty lists": "Array(2_600_000).fill([])",
  "lists within lists": "deep",
  "a long message": "{ message: 'x'.repeat(30_000_000), stack: 'y'.repeat(10_000_000) }",
  "a message that is a list": "{ message: Array(1_000_000).fill([]), stack: [] }",
  "a getter without end": "{ get message() { for (;;) {} } }",
  "a promise of a promise": "Promise.reject(Promise.resolve(Array(1_000_000).fill([])))",
  "a long text": "'x'.repeat(30_000_000)",
  "what is told otherwise": "{ toJSON() { return Array(2_000_000).fill([]) }, toString() { for (;;) {} } }",
  null: "null",
  nothing: "undefined",
  "a symbol": "Symbol('x')",
  "a proxy": "new Proxy({}, { get() { throw 1 } })",
}

describe("no code ends the process, and the next is heard", () => {
  const expectFailure = async (code: string) => {
    expect(await analyser.describe(code, { cycles: 1 })).toMatchObject({ ok: false })
    expect(await analyser.describe('s("bd")', { cycles: 1 })).toMatchObject({ ok: true, events: 1 })
  }

  it.each(Object.entries(forgeries))("that forges its answer: %s", (_, code) => expectFailure(code))

  it.each(Object.entries(tampering))("that tampers with the language: %s", (_, code) => expectFailure(code))

  it.each(Object.entries(thrown))("that throws past the engine: %s", (_, value) =>
    expectFailure(`${nested}
setTimeout(() => { throw ${value} }, 1)
await new Promise(() => {})
s('bd')`),
  )
})

describe("code", () => {
  it("does not find what the host calls", async () => {
    const names = ["answer", "beginAnalysis", "explain", "runNextTimer", "strudelEngine"]
    const answer = await analyser.analyse(`s(pure([${names.map((name) => `typeof ${name}`)}].join()))`, { cycles: 1 })
    expect(answer).toMatchObject({ haps: [{ sound: names.map(() => "undefined").join() }] })
  })

  it("plays what it plays where it replaced what makes JSON", async () => {
    const code = "JSON.stringify = () => '{}'\nJSON.parse = () => null\ns('bd')"
    expect(await analyser.analyse(code, { cycles: 1 })).toMatchObject({ ok: true, haps: [{ sound: "bd" }] })
  })

  it("is told of fewer events where they would not fit", async () => {
    const code = "s('bd*1000').fmap((value) => ({ ...value, note: 'x'.repeat(9_000) }))"
    const answer = await patient.analyse(code, { cycles: 1 })
    expect(answer).toMatchObject({ ok: true, cut: true })
    expect(answer.ok && answer.haps.length).toBeGreaterThan(100)
  })

  it("is not described with a picture that nobody could read", async () => {
    for (const change of ["until: -1e308", "value: { note: 1e308 }", "begin: 5e-324, value: { note: '-1e308' }"]) {
      const described = await analyser.describe(changedHap(change), { cycles: 1 })
      expect(described, change).toMatchObject({ ok: true, events: 1, picture: { events: 1 } })
    }
  })
})

describe("an answer's text", () => {
  const asked = { ...defaults, cycles: 1 }

  it.each([
    ["lists", `{"ok":true,"haps":[${"[],".repeat(2_600_000)}0]}`],
    ["objects", `{"ok":true,"haps":[${"{},".repeat(2_600_000)}0]}`],
    [
      "objects that all differ",
      `[${Array.from({ length: 500_000 }, (_, index) => `{"${index.toString(36)}":1}`).join()}]`,
    ],
    ["lists within lists", "[".repeat(4_000_000) + "]".repeat(4_000_000)],
    ["lists that do not end", "[".repeat(8_000_000)],
    ["a text that does not end", `"${"\\".repeat(7_999_999)}`],
    ["too much of it", `"${"x".repeat(8_000_000)}"`],
    ["what are no events", `{"ok":true,"haps":[${"1,".repeat(3_900_000)}1]}`],
    ["names", `{${Array.from({ length: 500_000 }, (_, index) => `"${index.toString(36)}":1`).join()}}`],
    ["numbers", `[${"1e9,".repeat(1_999_000)}1]`],
  ])("that fills the memory is refused: %s", (_, text) => {
    expect(readAnswer(text, asked)).toBeNull()
  })
})
