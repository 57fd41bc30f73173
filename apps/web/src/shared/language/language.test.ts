import { CompletionContext } from "@codemirror/autocomplete"
import { javascript } from "@codemirror/lang-javascript"
import { ensureSyntaxTree } from "@codemirror/language"
import { EditorState } from "@codemirror/state"
import { describe, expect, it } from "vitest"
import { completer } from "./completions.ts"
import { namedAt } from "./named-at.ts"
import { noNames, type OwnNames, ownNamesOf } from "./own-names.ts"
import { helpAt, signatureParts } from "./signature-help.ts"

/** Code with the place of the cursor, which a ‸ marks. */
function at(marked: string): { state: EditorState; pos: number } {
  const pos = marked.indexOf("‸")
  const doc = marked.replace("‸", "")
  const state = EditorState.create({ doc, extensions: javascript() })
  // Reads it to its end however busy the machine is.
  ensureSyntaxTree(state, doc.length, 60_000)
  return { state: state.update({}).state, pos }
}

/** The labels that are offered, and the text that they take the place of. */
async function offered(
  marked: string,
  { names = noNames, explicit = false }: { names?: OwnNames; explicit?: boolean } = {},
) {
  const { state, pos } = at(marked)
  const result = await completer(() => names)(new CompletionContext(state, pos, explicit))
  return { labels: result?.options.map(({ label }) => label) ?? [], typed: result && state.sliceDoc(result.from, pos) }
}

describe("completion", () => {
  it.each([
    ['s("bd").l‸', "l", ["lpf", "legato", "layer"], ["setcpm", "sine", "bd"]],
    ['s("bd")\n  .‸', "", ["fast", "room"], ["setcpm"]],
    ['s("bd").every(2, x => x.f‸)', "f", ["fast"], ["setcpm"]],
    ["st‸", "st", ["stack", "sine", "note", "silence"], ["layer", "bd"]],
    ["stack(‸s)", "", [], ["stack"]],
    ['s("‸")', "", ["bd", "sawtooth", "gm_piano"], ["lpf", "RolandTR909"]],
    ["sound(`bd h‸`)", "h", ["hh"], ["lpf"]],
    ['note("c3").s(cat("saw‸", "bd"))', "saw", ["sawtooth"], ["lpf"]],
    ['s("bd").bank("Ro‸")', "Ro", ["RolandTR909"], ["bd"]],
    ['n("0").scale("C:mi‸")', "mi", ["minor", "minor:pentatonic"], ["C:"]],
    ['n("0").scale("C4:‸")', "", ["major"], ["C:"]],
    ['n("0").scale("‸")', "", ["C:", "F#:"], ["minor"]],
    ['chord("<C F#m‸>")', "m", ["m7"], ["bd"]],
  ])("offers in %s what fits there", async (code, typed, wanted, unwanted) => {
    const found = await offered(code)
    if (wanted.length > 0) expect(found.typed).toBe(typed)
    expect(found.labels).toEqual(expect.arrayContaining(wanted))
    expect(found.labels.filter((label) => unwanted.includes(label))).toEqual([])
  })

  it.each(["// s‸", 'note("c‸")', "/* .l‸ */", 's("bd ‸")', "1.‸5", "‸"])("offers nothing in %s", async (code) => {
    expect((await offered(code)).labels).toEqual([])
  })

  it("offers where it is asked for what is not begun", async () => {
    expect((await offered('s("bd ‸")', { explicit: true })).labels).toContain("hh")
    expect((await offered("‸", { explicit: true })).labels).toContain("stack")
  })

  it("offers what the code and the project name", async () => {
    const code = 'const beat = s("bd")\nregister("wobble", (x, pat) => pat)\nsamples({ thud: "a.wav" })\n'
    const names = { values: ["chorus"], methods: ["swirl"], sounds: ["bell_of_mine"] }
    const values = (await offered(`${code}c‸`, { names })).labels
    expect(values).toEqual(expect.arrayContaining(["beat", "chorus"]))
    expect(values.filter((label) => label === "beat")).toHaveLength(1)
    const methods = (await offered(`${code}beat.‸`, { names })).labels
    expect(methods).toEqual(expect.arrayContaining(["wobble", "swirl"]))
    const sounds = (await offered(`${code}s("‸")`, { names })).labels
    expect(sounds).toEqual(expect.arrayContaining(["thud", "bell_of_mine", "bd"]))
  })
})

describe("the word at a place", () => {
  it.each([
    ['s("bd").l‸pf(800)', "lpf", "control"],
    ['s("bd").‸lpf(800)', "lpf", "control"],
    ["st‸ack(x)", "stack", "function"],
    ["x.range(sine‸)", "sine", "signal"],
    ['s("hh b‸d*2")', "bd", "sound"],
    ['"bd sd‸".s()', "sd", "sound"],
    ['s("bd").bank("Roland‸TR909")', "RolandTR909", "bank"],
    ['n("0").scale("C:minor:penta‸tonic")', "minor pentatonic", "scale"],
    ['chord("<C^7 Dm7‸>")', "Cm7", "chord"],
    ['s("<bd sd>‸")', "< >", "notation"],
    ['s("bd*‸2")', "*", "notation"],
  ])("in %s is %s", (code, name, kind) => {
    const { state, pos } = at(code)
    expect(namedAt(state, pos)?.entry).toMatchObject({ name, kind })
  })

  it("is known by its text where the language has none of it", () => {
    const { state, pos } = at('s("bd").lp‸ff(800)')
    expect(namedAt(state, pos)).toMatchObject({ text: "lpff", entry: undefined })
  })

  it.each(["// lp‸f", "s('bd‸*2')", "toString‸", "‸ "])("names nothing in %s", (code) => {
    const { state, pos } = at(code)
    const entry = namedAt(state, pos)?.entry
    expect(entry?.kind === "sound" ? undefined : entry).toBeUndefined()
  })
})

describe("the signature", () => {
  it.each([
    ["euclid(‸)", "euclid", 0],
    ['s("bd").euclid(3, ‸8)', "euclid", 1],
    ['stack(s("bd"), note("c‸"))', "note", 0],
    ['stack(s("bd"), ‸note("c"))', "stack", 1],
    ["x.every(4, ‸", "every", 1],
  ])("in %s is that of %s", (code, name, parameter) => {
    const { state, pos } = at(code)
    expect(helpAt(state, pos)).toMatchObject({ entry: { name }, parameter })
  })

  it.each(["euclid‸(3)", "euclid(3)‸", "mine(‸)", "every(2, x => ‸x)"])("is none in %s", (code) => {
    const { state, pos } = at(code)
    expect(helpAt(state, pos)).toBeUndefined()
  })

  it("is parted by its parameters", () => {
    expect(signatureParts("arrange(...[cycles, pattern])").parameters).toEqual(["...[cycles, pattern]"])
    expect(signatureParts("euclid(pulses, steps, rotation?)")).toEqual({
      before: "euclid(",
      parameters: ["pulses", "steps", "rotation?"],
      after: ")",
    })
    expect(signatureParts("sine")).toEqual({ before: "sine", parameters: [], after: "" })
  })
})

it("reads the names that code gives, at its outermost alone", () => {
  const code = [
    "const beat = 1, other = 2",
    "function riff() { const inside = 3 }",
    'register(["wobble", "wob"], (x, pat) => pat)',
    "const { grit } = createParams('grit')",
    'samples({ thud: "a.wav", "low thud": ["b.wav"], _base: "x" }, "github:me")',
    "samples('github:somebody/sounds')",
  ].join("\n")
  expect(ownNamesOf(code)).toEqual({
    values: ["beat", "other", "riff"],
    methods: ["wobble", "wob", "grit"],
    sounds: ["thud", "low thud"],
  })
})
