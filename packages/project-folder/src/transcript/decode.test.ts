import { describe, expect, it } from "vitest"
import { readConversation, refusalOf, shown } from "../testing/read-conversation.ts"

const text = '{"role":"user","content":"Größer 🥁"}\n{"role":"assistant","content":"é"}\n'
const utf16 = (isBig: boolean, mark = true) => {
  const bytes = Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le")
  return isBig ? bytes.swap16() : bytes
}

describe("the encoding of a transcript", () => {
  it.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16, little end first", utf16(false)],
    ["UTF-16, big end first", utf16(true)],
    ["UTF-16 without a mark", utf16(false, false)],
    ["UTF-16, big end first, without a mark", utf16(true, false)],
  ])("may be %s", (_, bytes) => {
    const conversation = readConversation(bytes)
    expect(shown(conversation)).toEqual(["user: Größer 🥁", "assistant: é"])
    expect(conversation.warnings).toEqual([])
  })

  it("is told where it is that of old Windows", () => {
    const latin = Buffer.from('{"role":"user","content":"Gr\xf6\xdfer, caf\xe9 \x93quoted\x94"}', "latin1")
    for (const bytes of [latin, Buffer.concat([Buffer.from("[\n"), latin, Buffer.from("\n]")])]) {
      const conversation = readConversation(bytes)
      expect(shown(conversation)).toEqual(["user: Größer, café “quoted”"])
      expect(conversation.warnings).toEqual([
        { code: "encoding", message: "The file is not UTF-8; it was read as Windows-1252 (Latin-1)" },
      ])
    }
  })

  it("is UTF-8 where a few bytes are broken, which are told by their line", () => {
    const good = Buffer.from(text.repeat(3))
    const conversation = readConversation(
      Buffer.concat([good, Buffer.from('{"role":"user","content":"bro\xffken"}\n', "latin1"), good]),
    )
    expect(conversation.messages).toHaveLength(13)
    expect(conversation.messages[6]?.content).toBe("bro\ufffdken")
    expect(conversation.messages[12]?.content).toBe("é")
    expect(conversation.warnings).toEqual([
      { code: "encoding", message: "Line 7 has bytes that are not UTF-8; each became U+FFFD" },
    ])
  })

  it("does not lose a line at the edge of what is decoded at once", () => {
    const lines = Array.from({ length: 2000 }, (_, i) =>
      JSON.stringify({ role: "user", content: `${i}ß${"x".repeat(1200)}` }),
    )
    const { messages } = readConversation(lines.join("\n"))
    expect(messages.map(({ content }) => Number.parseInt(content, 10))).toEqual(lines.map((_, i) => i))
  })

  it("of no text is refused", () => {
    expect(refusalOf(new Uint8Array(100))).toBe("it is no text")
  })
})
