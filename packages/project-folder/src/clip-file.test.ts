import { describe, expect, it } from "vitest"
import { parseClip, printClip } from "./clip-file.ts"
import type { JsonObject } from "./json/json-value.ts"

const fileName = "dirty_kick.js"
const parse = (text: string) => parseClip({ fileName, text })
const codesOf = (text: string) => parse(text).warnings.map(({ code }) => code)

type Change = { name?: string; code?: string; metadata?: JsonObject }
const edit = (original: string, change: Change) => printClip({ fileName, original, ...parse(original), ...change })

describe("a clip file with metadata", () => {
  const text =
    '// {"name": "Kick", "tags": ["drums", "909"], "tempo": 124, "author": "Mara", "extra": {"a": [1, 2]}}\ns("bd*4")\n'

  it("reads tempo as bpm, takes the name out and keeps unknown keys", () => {
    expect(parse(text)).toEqual({
      name: "Kick",
      code: 's("bd*4")\n',
      metadata: { tags: ["drums", "909"], bpm: 124, author: "Mara", extra: { a: [1, 2] } },
      warnings: [],
    })
  })

  it("changes only what was edited", () => {
    const { metadata } = parse(text)
    expect(edit(text, { code: 's("bd*8")\n' })).toBe(text.replace("bd*4", "bd*8"))
    expect(edit(text, { name: "Boom" })).toBe(text.replace('"Kick"', '"Boom"'))
    expect(edit(text, { metadata: { ...metadata, bpm: 130 } })).toBe(text.replace("124", "130"))
    expect(edit(text, { metadata: { ...metadata, tags: ["drums", "909", "loud"] } })).toBe(
      text.replace('"909"', '"909", "loud"'),
    )
    expect(edit(text, { metadata: { ...metadata, extra: { a: [1, 2], b: null } } })).toBe(
      text.replace("[1, 2]", '[1, 2], "b": null'),
    )
    const { author: _, ...withoutAuthor } = metadata
    expect(edit(text, { metadata: withoutAuthor })).toBe(text.replace(', "author": "Mara"', ""))
    expect(edit(text, { metadata: { ...metadata, scale: "C:minor" } })).toBe(
      text.replace("}}", '}, "scale": "C:minor"}'),
    )
  })

  it("keeps the file's own spacing for added keys", () => {
    const dense = '//{"name":"Kick","tempo":124}\ns("bd")'
    expect(edit(dense, { metadata: { bpm: 124, tags: ["a"] } })).toBe(
      '//{"name":"Kick","tempo":124,"tags":["a"]}\ns("bd")',
    )
  })

  it("is unedited where the database has only reordered the keys", () => {
    const { metadata } = parse(text)
    const reordered = Object.fromEntries(Object.entries(metadata).reverse())
    expect(edit(text, { metadata: reordered })).toBe(text)
  })
})

describe("traps of a clip file", () => {
  it("line 1 is plain code", () => {
    const text = 's("hh*8")\n.gain(0.5)\n'
    expect(parse(text)).toEqual({ name: "dirty_kick", code: text, metadata: {}, warnings: [] })
    expect(edit(text, { name: "Hat", metadata: { bpm: 90 } })).toBe(`// {"name": "Hat", "tempo": 90}\n${text}`)
    expect(edit(text, { metadata: { bpm: 90 } })).toBe(`// {"tempo": 90}\n${text}`)
  })

  it("line 1 is a plain comment", () => {
    const text = '// Dirty Kick\ns("bd*4")\n'
    expect(parse(text)).toEqual({ name: "dirty_kick", code: text, metadata: {}, warnings: [] })
  })

  it("line 1 is a comment in braces that is no metadata", () => {
    expect(parse("// {bd sd hh}%4 is the idea\n")).toMatchObject({ metadata: {}, warnings: [] })
  })

  it("metadata has only date, author and version", () => {
    const text = '// {"date": "2025-12-26", "author": "Mara", "version": "1.0.0"}\ns("cp")\n'
    const { name, metadata } = parse(text)
    expect({ name, metadata }).toEqual({
      name: "dirty_kick",
      metadata: { date: "2025-12-26", author: "Mara", version: "1.0.0" },
    })
    expect(edit(text, { name: "Clap" })).toBe(text.replace('"1.0.0"', '"1.0.0", "name": "Clap"'))
  })

  it("metadata has trailing commas", () => {
    const text = '// {"name": "Hat", "tags": ["drums", "hat",], "tempo": 124,}\ns("oh")\n'
    expect(parse(text)).toMatchObject({ name: "Hat", metadata: { tags: ["drums", "hat"], bpm: 124 } })
    expect(codesOf(text)).toEqual(["metadata-not-strict-json"])
    expect(edit(text, {})).toBe(text)
    expect(edit(text, { metadata: { tags: ["drums", "hat", "open"], bpm: 124 } })).toBe(
      text.replace('"hat",', '"hat", "open",'),
    )
    expect(edit(text, { metadata: { tags: [], bpm: 124 } })).toBe(text.replace('["drums", "hat",]', "[]"))
  })

  it("metadata is broken beyond reading", () => {
    const text = '// {"name": "Broken", "tags": ["drums", "tempo": 124\ns("bd")\n'
    expect(parse(text)).toMatchObject({ name: "dirty_kick", code: text, metadata: {} })
    expect(codesOf(text)).toEqual(["metadata-unreadable"])
    expect(edit(text, { name: "Mended" })).toBe(`// {"name": "Mended"}\n${text}`)
  })

  it("the file ends with the metadata", () => {
    const text = '// {"name": "Nothing Yet"}'
    expect(parse(text)).toMatchObject({ name: "Nothing Yet", code: "", warnings: [] })
    expect(edit(text, { code: 's("bd")' })).toBe(`${text}\ns("bd")`)
    expect(edit(text, { metadata: { bpm: 1 } })).toBe('// {"name": "Nothing Yet", "tempo": 1}')
  })

  it("code follows on the line of the metadata", () => {
    const text = '// {"name": "Glued"} s("bd sd")\n.fast(2)\n'
    expect(parse(text)).toMatchObject({ name: "Glued", code: 's("bd sd")\n.fast(2)\n' })
    expect(codesOf(text)).toEqual(["code-on-metadata-line"])
    expect(edit(text, { code: 's("bd sd")\n.fast(4)\n' })).toBe('// {"name": "Glued"}\ns("bd sd")\n.fast(4)\n')
    expect(edit(text, { name: "Apart" })).toBe(text.replace("Glued", "Apart"))
  })

  it("the file is empty", () => {
    expect(parse("")).toEqual({ name: "dirty_kick", code: "", metadata: {}, warnings: [] })
    expect(edit("", { code: 's("bd")' })).toBe('s("bd")')
    expect(edit("", { name: "Named" })).toBe('// {"name": "Named"}\n')
  })

  it("there is no final newline", () => {
    const text = '// {"name": "Cut Off"}\ns("bd")\n.fast(2)'
    expect(edit(text, { code: 's("sd")\n.fast(2)' })).toBe(text.replace("bd", "sd"))
    expect(edit(text, { name: "Still Cut Off" })).toBe(text.replace("Cut Off", "Still Cut Off"))
  })

  it("lines end in CRLF", () => {
    const text = '// {"name": "Windows"}\r\nnote("c3")\r\n  .s("triangle")\r\n'
    expect(parse(text).code).toBe('note("c3")\n  .s("triangle")\n')
    expect(edit(text, { code: 'note("c3")\n  .s("sine")\n  .room(1)\n' })).toBe(
      '// {"name": "Windows"}\r\nnote("c3")\r\n  .s("sine")\r\n  .room(1)\r\n',
    )
    expect(edit('note("c3")\r\n.s("sine")', { name: "Old" })).toBe('// {"name": "Old"}\r\nnote("c3")\r\n.s("sine")')
  })

  it("lines end in both ways: those not edited stay", () => {
    const text = '// {"name": "Mixed"}\r\ns("bd")\n  .gain(1)\r\n  .pan(0.2)\n'
    expect(edit(text, { code: 's("bd")\n  .gain(0.5)\n  .pan(0.2)\n' })).toBe(text.replace("gain(1)", "gain(0.5)"))
    expect(edit(text, { code: parse(text).code.replaceAll("\n", "\r\n") })).toBe(text)
  })

  it("lines end in CR alone: what is put beside an LF does not become one ending with it", () => {
    const text = "a\rb\n\nc"
    expect(parse(text).code).toBe("a\nb\n\nc")
    expect(parse(edit(text, { code: "a\n\nc" })).code).toBe("a\n\nc")
  })

  it("the file begins with a byte order mark", () => {
    const text = '\ufeff// {"name": "Marked"}\ns("bd")\n'
    expect(parse(text)).toMatchObject({ name: "Marked", code: 's("bd")\n' })
    expect(edit(text, { name: "Still Marked" })).toBe(text.replace("Marked", "Still Marked"))
    expect(edit('\ufeffs("bd")', { name: "Named" })).toBe('\ufeff// {"name": "Named"}\ns("bd")')
  })

  it("text is not ASCII, as it is or escaped", () => {
    const text = '// {"name": "Gr\\u00f6\\u00dfe", "tags": ["重低音"], "tempo": 124}\ns("bd") // größer 🚗\n'
    expect(parse(text)).toMatchObject({ name: "Größe", metadata: { tags: ["重低音"] } })
    expect(edit(text, { metadata: { tags: ["重低音", "größer"], bpm: 124 } })).toBe(
      text.replace('"重低音"', '"重低音", "größer"'),
    )
    expect(parseClip({ fileName: "Über Kick.js", text: "" }).name).toBe("Über Kick")
  })

  it("there is no space behind the comment sign", () => {
    expect(parse('//{"a":1}\ncode')).toMatchObject({ metadata: { a: 1 }, code: "code" })
  })

  it("blank lines stand before the metadata", () => {
    const text = '\n  \n// {"name": "Below"}\ns("sd")\n'
    expect(parse(text)).toMatchObject({ name: "Below", code: 's("sd")\n' })
    expect(edit(text, { name: "Far Below" })).toBe(text.replace("Below", "Far Below"))
  })

  it.each(['/* {"name": "Block"} */\ns("bd")', '// ["list"]\ns("bd")', '// "text"\ns("bd")', '"// {}"\n'])(
    "the first line is code: %j",
    (text) => expect(parse(text)).toEqual({ name: "dirty_kick", code: text, metadata: {}, warnings: [] }),
  )

  it("texts in the metadata hold braces and escapes", () => {
    const text = '// {"name": "Braces", "description": "a } and { and \\" and \\\\", "pattern": "{bd sd}%4"}\ns("bd")\n'
    expect(parse(text)).toMatchObject({
      name: "Braces",
      code: 's("bd")\n',
      metadata: { description: 'a } and { and " and \\', pattern: "{bd sd}%4" },
    })
  })

  it("__proto__ is a key: it pollutes nothing and stays in the file", () => {
    const text =
      '// {"name": "Proto", "__proto__": {"polluted": true}, "more": {"__proto__": {"polluted": true}}, "tempo": 80}\ns("mt")\n'
    const { metadata } = parse(text)
    expect(metadata).toEqual({ more: {}, bpm: 80 })
    expect(metadata).not.toHaveProperty("polluted")
    expect(metadata).not.toHaveProperty("more.polluted")
    expect({}).not.toHaveProperty("polluted")
    expect(codesOf(text)).toEqual(["metadata-key-ignored"])
    expect(edit(text, { metadata: { more: {}, bpm: 81 } })).toBe(text.replace("80", "81"))
  })

  it("a key is there twice: the last counts and is edited", () => {
    const text = '// {"name": "First", "tempo": 90, "name": "Second", "tempo": 95}\ns("lt")\n'
    expect(parse(text)).toMatchObject({ name: "Second", metadata: { bpm: 95 } })
    expect(codesOf(text)).toEqual(["metadata-key-repeated", "metadata-key-repeated"])
    expect(edit(text, { name: "Third" })).toBe(text.replace("Second", "Third"))
    expect(edit(text, { metadata: {} })).toBe('// {"name": "First", "name": "Second"}\ns("lt")\n')
  })

  it("there are tempo and bpm: both are kept", () => {
    const text = '// { "bpm" : 122 , "tempo" : 61, "name" : "Two" }\ns("bd")\n'
    expect(parse(text).metadata).toEqual({ bpm: 122, tempo: 61 })
    expect(codesOf(text)).toEqual(["metadata-tempo-and-bpm"])
    expect(edit(text, { metadata: { bpm: 123, tempo: 61 } })).toBe(text.replace("122", "123"))
  })

  it("the file says bpm itself: it keeps saying so", () => {
    const text = '// {"bpm": 122}\ns("bd")\n'
    expect(edit(text, { metadata: { bpm: 123 } })).toBe(text.replace("122", "123"))
  })

  it.each([
    ['{"tempo": null}', { bpm: null }, []],
    ['{"tempo": "120"}', { bpm: "120" }, ["metadata-type-unexpected"]],
    ['{"tags": "lead, fast"}', { tags: "lead, fast" }, ["metadata-type-unexpected"]],
    ['{"description": 5}', { description: 5 }, ["metadata-type-unexpected"]],
    ['{"name": 42}', { name: 42 }, ["name-unusable"]],
    [`{"name": "${"x".repeat(201)}"}`, { name: "x".repeat(201) }, ["name-unusable"]],
    ['{"name": "  "}', { name: "  " }, ["name-unusable"]],
  ])("a value has an unexpected type or length and is kept: %s", (json, metadata, warnings) => {
    const text = `// ${json}\ns("bd")\n`
    expect(parse(text)).toMatchObject({ name: "dirty_kick", metadata })
    expect(codesOf(text)).toEqual(warnings)
    expect(edit(text, {})).toBe(text)
  })

  it("a name that could not be used is replaced where the clip is renamed", () => {
    expect(edit('// {"name": 42, "a": 1}\n', { name: "Named" })).toBe('// {"name": "Named", "a": 1}\n')
  })

  it("spaces around a name are not its own, and stay in the file", () => {
    const text = '// {"name": "  Kick "}\ns("bd")'
    expect(parse(text).name).toBe("Kick")
    expect(edit(text, { code: 's("sd")' })).toBe(text.replace("bd", "sd"))
  })

  it("characters that can't be stored become U+FFFD and stay in the file", () => {
    const text = '// {"description": "a\\u0000b \\ud83d"}\ns("b\0d")\n.fast(2)\n'
    expect(parse(text)).toMatchObject({
      code: 's("b\ufffdd")\n.fast(2)\n',
      metadata: { description: "a\ufffdb \ufffd" },
    })
    expect(codesOf(text)).toEqual(["value-replaced", "value-replaced"])
    expect(edit(text, { code: 's("b\ufffdd")\n.fast(4)\n' })).toBe(text.replace("fast(2)", "fast(4)"))
  })

  it("the metadata is nested too deep to be stored", () => {
    const text = `// {"a": ${"[".repeat(5000)}${"]".repeat(5000)}}\ns("bd")\n`
    expect(parse(text).code).toBe(text)
    expect(codesOf(text)).toEqual(["metadata-unreadable"])
  })

  it("edited code that begins like metadata is not taken for it", () => {
    const code = '// {"name": "Impostor"}\ns("bd")'
    const printed = edit('s("bd")', { code })
    expect(printed).toBe(`// {}\n${code}`)
    expect(parse(printed)).toMatchObject({ name: "dirty_kick", code, metadata: {} })
  })

  it("a value with line separators can't end the comment", () => {
    const printed = edit("// {}\n", { metadata: { description: "a\u2028b\nc" } })
    expect(printed).toBe('// {"description": "a\\u2028b\\nc"}\n')
  })
})

describe("a clip made in the app", () => {
  it("is printed with its metadata on the first line", () => {
    const clip = { name: "Kick", code: 's("bd")\n', metadata: { bpm: 124, tags: ["drums"] } }
    const text = printClip({ fileName: "kick.js", original: undefined, ...clip })
    expect(text).toBe('// {"name": "Kick", "tempo": 124, "tags": ["drums"]}\ns("bd")\n')
    expect(parseClip({ fileName: "kick.js", text })).toEqual({ ...clip, warnings: [] })
  })
})
