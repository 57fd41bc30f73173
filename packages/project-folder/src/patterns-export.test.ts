import { describe, expect, it } from "vitest"
import { parseClip } from "./clip-file.ts"
import { readPatternsExport } from "./patterns-export.ts"

const read = (patterns: unknown) => readPatternsExport(JSON.stringify(patterns))
const nameOf = (code: string) => {
  const [pattern] = read({ x: { code } })?.patterns ?? []
  return pattern && parseClip({ fileName: pattern.path, text: pattern.text }).name
}

it.each([
  ["a list", [{ code: "1" }]],
  ["no entry", {}],
  ["entries without code", { a: { id: "a" }, b: null, c: 1 }],
  ["a message", { messages: [{ role: "user", content: "x" }] }],
  ["a text", "code"],
])("takes %s for something else", (_, value) => expect(read(value)).toBeUndefined())

it.each(["", "{", "[".repeat(100_000), "\ufeff", "// {}"])("takes what is no JSON for something else", (text) => {
  expect(readPatternsExport(text)).toBeUndefined()
})

describe("a pattern", () => {
  it.each([
    ["// @title Night drive\nsilence", "Night drive"],
    ['/* @title Bass "line" @by me */', 'Bass "line"'],
    ["/*\n * @title Two words\n */", "Two words"],
    ["// @title \nsilence", "x"],
    ["silence // mail@title.org", "x"],
  ])("is called by its title, else by its id: %j", (code, name) => expect(nameOf(code)).toBe(name))

  it("keeps its code whatever it begins with, and whatever else is said of it", () => {
    const code = '// {"name":"No header"}\r\n\ufeffsilence\u2028'
    const said = { created_at: "2026-04-24T01:02:03Z", hash: "h", public: true, __proto__: 1, name: "Named" }
    const [pattern] = read({ "a b": { code, id: "a b", ...said } })?.patterns ?? []
    expect(pattern?.path).toBe("clips/a-b.js")
    const clip = parseClip({ fileName: "a-b.js", text: pattern?.text ?? "" })
    expect(clip).toMatchObject({ name: "Named", code: code.replace("\r\n", "\n") })
    expect(clip.metadata).toEqual({ date: "2026-04-24", created_at: said.created_at, hash: "h", public: true })
  })
})
