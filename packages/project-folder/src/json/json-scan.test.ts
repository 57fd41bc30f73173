import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { JsonScanner, quoteInexactNumbers, scanJson } from "./json-scan.ts"

const limits = { depth: 40, values: 1000 }

/** Scans a text as it comes in pieces of so many bytes. */
function inPieces(text: string, size: number, more = limits) {
  const bytes = new TextEncoder().encode(text)
  const scanner = new JsonScanner(more)
  for (let at = 0; at < bytes.length; at += size) {
    const problem = scanner.push(bytes.subarray(at, at + size))
    if (problem) return problem
  }
  return scanner.end()
}

describe("a text that is refused", () => {
  it.each([
    ["open arrays", "[".repeat(100), "depth"],
    ["open objects", '{"a":'.repeat(100), "depth"],
    ["arrays in a field", `{"x":${"[".repeat(41)}`, "depth"],
    ["empty arrays", `[${"[],".repeat(1000)}[]]`, "values"],
    ["one key over and over", `{${'"a":1,'.repeat(1000)}"a":1}`, "values"],
    ["numbers", `[${"1,".repeat(1000)}1]`, "values"],
    ["empty texts", `["${'","'.repeat(1000)}"]`, "values"],
    ["an endless number", "[1e400]", "number"],
    ["a number of many digits", `[${"9".repeat(5000)}]`, "number"],
  ])("%s", (_, text, kind) => {
    expect(scanJson(text, limits)?.kind).toBe(kind)
  })

  it("names the field and the limit", () => {
    expect(scanJson(`{"a":[{"b":0},{"c\\n\\u0064":${"[".repeat(38)}`, limits)).toEqual({
      kind: "depth",
      path: `a.1.c\nd.${"0.".repeat(36)}0`,
      message: "at most 40 objects and arrays within one another",
    })
    expect(scanJson(`[${"1,".repeat(1000)}1]`, limits)).toEqual({
      kind: "values",
      path: "",
      message: "at most 1,000 values and keys",
    })
  })

  it("names a long path by its beginning", () => {
    const path = scanJson(`{"${"k".repeat(1000)}":`.repeat(41), limits)?.path
    expect(path).toMatch(/^k{100}\.k{99}…$/)
  })

  it("of a member for its bytes", () => {
    const memberBytes = (key: string) => ({ "0": 10, "1": 4 })[key]
    const told = (text: string) => scanJson(text, { ...limits, memberBytes })
    expect(told('{"0":"1234567","1":1234,"2":"1234567890"}')).toBeUndefined()
    expect(told('{"0":"1234567","1":12345}')).toEqual({
      kind: "size",
      path: "1",
      message: "at most 4 bytes, not 5",
    })
    expect(told('{"0": {"0":"12345"}}')?.path).toBe("0")
    expect(told('["123456789",1]')).toBeUndefined()
  })
})

describe("a number that would be rounded", () => {
  const field = (text: string) => scanJson(text, limits)?.path

  it("is named by its path", () => {
    const body = '{"messages":[{"role":"user","context":{"discord_id":107505301260286111,"seed":9007199254740993}}]}'
    expect(scanJson(body, limits)).toEqual({
      kind: "number",
      path: "messages.0.context.discord_id",
      message: "107505301260286111 has more digits than can be kept exactly; send it as a string",
    })
    expect(field("9007199254740993")).toBe("")
    expect(field("[1, 2, 9007199254740993]")).toBe("2")
    expect(field('[{"a":[]},{"b":{}},[[],9007199254740993]]')).toBe("2.1")
    expect(field('{"a,b":{"[":9007199254740993}}')).toBe("a,b.[")
    expect(field('{"a":1,"b":9007199254740993,"c":9007199254740993}')).toBe("b")
    expect(field('{"1":{"ü\\"}{":[{"x":9007199254740993}]}}')).toBe('1.ü"}{.0.x')
  })

  it("is none within a text or a key", () => {
    expect(
      field('{"9007199254740993":"9007199254740993","\\"":"\\\\","a":["\\\\\\"9007199254740993"]}'),
    ).toBeUndefined()
  })

  it("is found wherever the text is cut into pieces", () => {
    const text = '{"a\\u0041ü":["\\"[{",-1.5e3,true,null],"b" : { "c":\n107505301260286111 } , "d":"\\\\"}'
    for (let size = 1; size <= text.length; size++) expect(inPieces(text, size)).toMatchObject({ path: "b.c" })
    for (let size = 1; size <= 18; size++) expect(inPieces("107505301260286111", size)).toMatchObject({ path: "" })
  })
})

it("counts every value and key of JSON, and finds its depth", () => {
  const measure = (value: unknown): { values: number; depth: number } => {
    if (typeof value !== "object" || value === null) return { values: 1, depth: 0 }
    const keys = Array.isArray(value) ? 0 : Object.keys(value).length
    const inner = Object.values(value).map(measure)
    return {
      values: inner.reduce((sum, { values }) => sum + values, 1 + keys),
      depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    }
  }
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1), fc.nat(30), (value, space, size) => {
      const text = JSON.stringify(value, null, space)
      const { values, depth } = measure(JSON.parse(text))
      expect(inPieces(text, size + 1, { depth, values })).toBeUndefined()
      expect(inPieces(text, size + 1, { depth, values: values - 1 })?.kind).toBe("values")
      if (depth > 0) expect(inPieces(text, size + 1, { depth: depth - 1, values })?.kind).toBe("depth")
    }),
  )
})

it("takes whatever is no JSON without a word", () => {
  for (const text of ["", "]", "}}}", ",,,", '"', '{"a', "[1,2", "nul", "tru[e", "{]", ":::", "\u0000", "[1}2]", "é"]) {
    expect(scanJson(text, limits)).toBeUndefined()
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void new JsonScanner(limits).push(bytes)))
})

it("quotes the numbers that would be rounded, and nothing else", () => {
  const text = '\ufeff{"ü":[1, 9007199254740993 ,"9007199254740993"],"x":-1e400}'
  expect(quoteInexactNumbers(text)).toEqual({
    text: '\ufeff{"ü":[1, "9007199254740993" ,"9007199254740993"],"x":"-1e400"}',
    quoted: ["ü.1", "x"],
  })
  expect(quoteInexactNumbers("9007199254740993")).toEqual({ text: '"9007199254740993"', quoted: [""] })
  expect(quoteInexactNumbers('{"a":1.50}')).toEqual({ text: '{"a":1.50}', quoted: [] })
})
