import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseClip, printClip } from "./clip-file.ts"
import { type JsonObject, printJson } from "./json/json-value.ts"
import { storableObject, storableText } from "./storable-text.ts"

const fileName = "Dirty Kick.js"
const lineEnding = fc.constantFrom("\n", "\r\n", "\r", "")
const value = fc.jsonValue({ maxDepth: 3 })
const keys = fc.oneof(
  fc.constantFrom("name", "tempo", "bpm", "tags", "description", "author", "__proto__", "constructor", ""),
  fc.string({ maxLength: 6 }),
)
const pieces = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('s("bd*4")', "// Dirty Kick", "$: note(`c e g`)", "{", "}", " ", "é", "\u2028"),
    },
    { weight: 1, arbitrary: fc.constantFrom('// {"name": "x"}', '//{"tempo":1}', "\ufeff", "\0", "\ud800", '{"a":1}') },
    { weight: 2, arbitrary: lineEnding },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 5 }) },
  ),
  { maxLength: 12 },
)
const code = pieces.map((parts) => parts.join(""))

const jsonText = fc
  .tuple(
    fc.array(fc.tuple(keys, value), { maxLength: 6 }),
    fc.constantFrom(", ", ",", " ,  "),
    fc.constantFrom(": ", ":"),
    fc.constantFrom("", ",", ", "),
  )
  .map(([members, comma, colon, end]) => {
    const text = members.map(([key, member]) => JSON.stringify(key) + colon + JSON.stringify(member)).join(comma)
    return `{${text}${text ? end : ""}}`
  })

const file = fc
  .record({
    mark: fc.constantFrom("", "", "\ufeff"),
    blank: fc.constantFrom("", "", "", "\n", "  \r\n"),
    sign: fc.constantFrom("// ", "//", "//\t", "/* "),
    json: jsonText,
    gap: fc.constantFrom("\n", "\n", "\r\n", "", "  ", " \n", "\r"),
    code,
  })
  .map(({ mark, blank, sign, json, gap, code: text }) => mark + blank + sign + json + gap + text)

const anyFile = fc.oneof(file, file, code, fc.string({ unit: "binary" }))
const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).map((text) => `n${text}`.trim())
const metadata = fc.array(fc.tuple(keys, value), { maxLength: 6 }).map((entries): JsonObject => {
  const plain: JsonObject = {}
  for (const [key, member] of entries)
    if (key !== "name" && key !== "__proto__") plain[key] = JSON.parse(JSON.stringify(member))
  if (!("bpm" in plain)) delete plain.tempo
  return storableObject(plain)
})
const runs = { numRuns: 500 }

describe("a clip file", () => {
  it("comes back byte for byte where nothing was edited", () => {
    fc.assert(
      fc.property(anyFile, (text) => {
        expect(printClip({ fileName, original: text, ...parseClip({ fileName, text }) })).toBe(text)
      }),
      runs,
    )
  })

  it("reads again as edited, whatever was edited", () => {
    const edit = fc.record({ name, code, metadata }, { requiredKeys: [] })
    fc.assert(
      fc.property(fc.option(anyFile, { nil: undefined }), edit, (original, change) => {
        const before = parseClip({ fileName, text: original ?? "" })
        const wanted = { ...before, ...change }
        const after = parseClip({ fileName, text: printClip({ fileName, original, ...wanted }) })
        expect(after.name).toBe(wanted.name)
        expect(after.code).toBe(storableText(wanted.code))
        expect(after.metadata).toEqual(expectedMetadata(wanted.metadata, change.name))
      }),
      runs,
    )
  })

  it("keeps the header's bytes where only code was edited, and the code's where only metadata was", () => {
    fc.assert(
      fc.property(jsonText, code, fc.tuple(code, metadata), (json, text, [newCode, newMetadata]) => {
        const header = `// ${json}\n`
        const before = parseClip({ fileName, text: header + text })
        const recoded = printClip({ fileName, original: header + text, ...before, code: newCode })
        expect(recoded.startsWith(header)).toBe(true)
        const described = printClip({ fileName, original: header + text, ...before, metadata: newMetadata })
        expect(described.slice(described.indexOf("\n"))).toBe(`\n${text}`)
      }),
      runs,
    )
  })

  it("changes one value of the metadata and no other character", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), value)), value, fc.array(fc.tuple(fc.string(), value)), (a, to, b) => {
        const print = (middle: string) => {
          const text = (members: typeof a, side: string) =>
            members
              .map(([key, member], at) => `${JSON.stringify(`${side}${at}${key}`)} :${JSON.stringify(member)} ,`)
              .join("  ")
          return `// { ${text(a, "a")}"mood": ${middle}, ${text(b, "b")}"end":1 }\ns("bd")`
        }
        const wanted = storableObject({ mood: JSON.parse(JSON.stringify(to)) })
        const text = print('"calm"')
        const before = parseClip({ fileName, text })
        const printed = printClip({ fileName, original: text, ...before, metadata: { ...before.metadata, ...wanted } })
        expect(printed).toBe(wanted.mood === "calm" ? text : print(printJson(wanted.mood ?? null)))
      }),
      runs,
    )
  })

  it("reads again with edited lists and objects, however deep", () => {
    const { tree } = fc.letrec<{ tree: JsonObject }>((tie) => ({
      tree: fc.dictionary(
        fc.constantFrom("a", "b", "c", "d"),
        fc.oneof(
          { maxDepth: 3 },
          fc.nat(3),
          fc.array(fc.nat(3), { maxLength: 5 }),
          fc.array(tie("tree"), { maxLength: 3 }),
          tie("tree"),
        ),
      ),
    }))
    const style = fc.record({ comma: fc.constantFrom(",", ", ", " ,   "), hasTrailing: fc.boolean() })
    fc.assert(
      fc.property(tree, tree, style, (from, to, { comma, hasTrailing }) => {
        const json = JSON.stringify(from).replaceAll(",", comma)
        const text = `// ${hasTrailing ? json.replace(/(?<![[{])(?=[\]}])/g, ",") : json}\ns("bd")`
        const before = parseClip({ fileName, text })
        expect(before.metadata).toEqual(from)
        const after = parseClip({ fileName, text: printClip({ fileName, original: text, ...before, metadata: to }) })
        expect(after).toMatchObject({ name: before.name, code: before.code })
        expect(after.metadata).toEqual(to)
      }),
      runs,
    )
  })
})

/** A name that the file could not say stays in the metadata until the clip is given another. */
function expectedMetadata({ name: unusable, ...rest }: JsonObject, renamed: string | undefined): JsonObject {
  return renamed === undefined && unusable !== undefined ? { ...rest, name: unusable } : rest
}
