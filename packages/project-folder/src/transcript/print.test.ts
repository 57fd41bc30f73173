import fc from "fast-check"
import { fromMarkdown } from "mdast-util-from-markdown"
import { describe, expect, it } from "vitest"
import { readConversation, refusalOf } from "../testing/read-conversation.ts"
import { type PrintableMessage, type PrintableSession, type TranscriptFormat, transcriptPrinters } from "./print.ts"

const session: PrintableSession = {
  title: "A *long* night\nof dub",
  session_id: "00000000-0000-4000-8000-000000000001",
  agent_name: "strudel",
  model_name: null,
  project_id: "house",
  created_at: "2026-01-01T20:00:00.000Z",
  message_count: 2,
}

function print(format: TranscriptFormat, messages: PrintableMessage[]): string {
  const printer = transcriptPrinters[format]
  return printer.start(session) + messages.map((each, i) => printer.message(each, i)).join("") + printer.end()
}

const text = fc.string({ unit: "grapheme", maxLength: 80 })
const storable = text.filter((each) => !each.includes("\0"))
const words = storable.filter((each) => each.trim() !== "")
const change = fc.record(
  { item_type: storable, item_id: storable, project_id: storable, before: storable, after: storable },
  { requiredKeys: [] },
)
const message: fc.Arbitrary<PrintableMessage> = fc.record(
  {
    role: fc.constantFrom("user", "assistant", "system", "note"),
    content: words,
    timestamp: fc
      .date({ min: new Date("1971-01-01"), max: new Date("2200-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString()),
    context: fc.record({ item_id: storable, code: storable }, { requiredKeys: [] }),
    code_changes: fc.oneof(change, fc.array(change, { maxLength: 3 })),
    client_id: fc.uuid(),
  },
  { requiredKeys: ["role", "content", "timestamp", "client_id"] },
)

describe.each(["json", "jsonl"] as const)("%s", (format) => {
  it("is read again as it was written", () => {
    const messages = fc.uniqueArray(message, { selector: (each) => each.client_id, maxLength: 8 })
    fc.assert(
      fc.property(messages, (said) => {
        const printed = print(format, said)
        if (printed === "") expect(refusalOf(printed)).toBe("it is empty")
        else expect(readConversation(printed)).toMatchObject({ messages: said, warnings: [] })
      }),
    )
  })

  it("keeps a message without words that changed code", () => {
    const said: PrintableMessage = {
      role: "assistant",
      content: "",
      timestamp: "2026-01-01T00:00:00.000Z",
      code_changes: { after: "x" },
      client_id: "00000000-0000-4000-8000-000000000002",
    }
    expect(readConversation(print(format, [said])).messages).toEqual([said])
  })
})

it("JSON tells the title and the beginning of the session", () => {
  const printed = print("json", [{ role: "user", content: "a", timestamp: "2026-01-01T21:00:00.000Z" }])
  expect(JSON.parse(printed)).toMatchObject({ session_id: session.session_id, messages: [{ content: "a" }] })
  expect(readConversation(printed)).toMatchObject({
    title: session.title,
    startedAt: session.created_at,
  })
})

describe("markdown", () => {
  it("has a heading for each message, whatever its text leaves open", () => {
    const said = ["```js\nopen", "~~~~\n```\nalso open", "fine\n\n```\nx\n```", "``` a ` b"].map((content) => ({
      role: "user",
      content,
      timestamp: "2026-01-01T21:00:00.000Z",
    }))
    const { children } = fromMarkdown(print("md", said))
    const headings = children.flatMap((node) => (node.type === "heading" ? [node.depth] : []))
    expect(headings).toEqual([1, 2, 2, 2, 2])
  })

  it("shows what a message was about and what it did to code, with fences that hold it", () => {
    const printed = print("md", [
      {
        role: "assistant",
        content: "Louder.",
        timestamp: "2026-01-01T21:00:00.000Z",
        context: { item_type: "clip", item_id: "kick", project_id: "house", code: 's("bd")' },
        code_changes: [
          { item_type: "clip", item_id: "kick", before: 's("bd")', after: "// ```\ns`bd*4`" },
          { item_id: "hat", before: "", after: "x" },
          { item_id: "old", before: "y", after: null },
        ],
      },
    ])
    expect(printed).toContain("## 0 · Agent · 2026-01-01T21:00:00.000Z")
    expect(printed).toContain("*On clip kick · house*")
    expect(printed).toContain("**Changed clip kick, before:**")
    expect(printed).toContain("````js\n// ```\ns`bd*4`\n````")
    expect(printed).toContain("**Wrote hat:**")
    expect(printed).toContain("**Removed old:**")
    expect(fromMarkdown(printed).children.filter(({ type }) => type === "code")).toHaveLength(5)
  })

  it("keeps a title in its line", () => {
    const [heading] = fromMarkdown(print("md", [])).children
    expect(heading).toMatchObject({ type: "heading", children: [{ value: "A *long* night of dub" }] })
  })
})
