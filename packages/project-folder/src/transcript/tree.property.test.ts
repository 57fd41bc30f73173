import fc from "fast-check"
import { expect, it } from "vitest"
import { readConversation } from "../testing/read-conversation.ts"
import { wholeBranch } from "./parsed-transcript.ts"

const kinds = ["user", "assistant", "tool", "result", "meta", "error"] as const

/** A conversation of Claude Code whose entries follow on any earlier one, or on none. */
const tree = fc
  .array(fc.tuple(fc.constantFrom(...kinds), fc.nat(), fc.boolean()), { minLength: 1, maxLength: 40 })
  .map((steps) =>
    steps.map(([kind, back, isRoot], index) => {
      const isAnew = index === 0 || (kind === "user" && isRoot)
      const parent = isAnew ? null : `u${index - 1 - (back % Math.min(index, 4))}`
      const content = {
        user: `prompt ${index}`,
        assistant: [{ type: "text", text: `answer ${index}` }],
        tool: [{ type: "tool_use", id: `t${index}`, input: {} }],
        result: [
          { type: "tool_result", content: "x" },
          ...(back % 2 ? [{ type: "text", text: `beside ${index}` }] : []),
        ],
        meta: "caveat",
        error: [{ type: "text", text: "API Error" }],
      }[kind]
      const isAgent = kind === "assistant" || kind === "tool" || kind === "error"
      return {
        ...{ type: isAgent ? "assistant" : "user", uuid: `u${index}`, parentUuid: parent, sessionId: "s" },
        timestamp: new Date(1_770_000_000_000 + index * 1000).toISOString(),
        ...(kind === "meta" ? { isMeta: true } : {}),
        ...(kind === "error" ? { isApiErrorMessage: true } : {}),
        message: { role: isAgent ? "assistant" : "user", content, ...(isAgent ? { id: `m${index}` } : {}) },
      }
    }),
  )

const wordsOf = (entry: { message: { content: unknown }; isApiErrorMessage?: boolean; isMeta?: boolean }): string[] => {
  const { content } = entry.message
  if (entry.isApiErrorMessage || entry.isMeta) return []
  if (typeof content === "string") return [content]
  return Array.isArray(content) ? content.flatMap(({ text }: { text?: string }) => text ?? []) : []
}

it("every word of a conversation with branches is told once, whatever the order of the lines", () => {
  fc.assert(
    fc.property(
      tree.chain((entries) =>
        fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
      ),
      ([entries, shuffled]) => {
        const conversation = readConversation(entries.map((entry) => JSON.stringify(entry)).join("\n"))
        const told = [conversation, ...conversation.branches].flatMap(({ messages }) =>
          messages.map(({ content }) => content),
        )
        const said = entries.flatMap(wordsOf)
        expect([...told].sort()).toEqual([...said].sort())

        const linked = entries.filter(({ parentUuid }) => parentUuid === null).length === 1
        if (!linked) return
        const other = readConversation(shuffled.map((entry) => JSON.stringify(entry)).join("\n"))
        expect(other.messages).toEqual(conversation.messages)
      },
    ),
    { numRuns: 300 },
  )
})

it("the live branch is the way to the newest entry, in order", () => {
  fc.assert(
    fc.property(tree, (entries) => {
      fc.pre(entries.some(({ parentUuid }) => parentUuid !== null))
      const { messages } = readConversation(entries.map((entry) => JSON.stringify(entry)).join("\n"))
      const way = new Set<string>()
      for (let at = entries.at(-1); at; ) {
        way.add(at.uuid)
        const { parentUuid } = at
        at = entries.find(({ uuid }) => uuid === parentUuid)
      }
      const said = entries.filter(({ uuid }) => way.has(uuid)).flatMap(wordsOf)
      const contents = messages.map(({ content }) => content)
      expect(contents.filter((content) => !content.startsWith("beside") || said.includes(content))).toEqual(said)
    }),
    { numRuns: 300 },
  )
})

it("a branch as a whole begins as the conversation does, with client ids of its own", () => {
  fc.assert(
    fc.property(tree, (entries) => {
      const conversation = readConversation(entries.map((entry) => JSON.stringify(entry)).join("\n"))
      for (const branch of conversation.branches) {
        const whole = wholeBranch(conversation, branch)
        expect(whole).toHaveLength(branch.leavesAfter + branch.messages.length)
        expect(whole.slice(branch.leavesAfter)).toEqual(branch.messages)
        expect(new Set(whole.map(({ client_id }) => client_id)).size).toBe(whole.length)
        const before = branch.from === undefined ? conversation : conversation.branches[branch.from]
        expect(branch.from === undefined || branch.from < conversation.branches.indexOf(branch)).toBe(true)
        expect(before).toBeDefined()
      }
    }),
    { numRuns: 200 },
  )
})

it("a conversation that grows by a line keeps what it had", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("user", "assistant", "tool", "result"), { minLength: 2, maxLength: 20 }),
      (kindsOf) => {
        const file = kindsOf.map((kind, index) => {
          const isAgent = kind === "assistant" || kind === "tool"
          const content =
            kind === "tool" ? [{ type: "tool_use" }] : kind === "result" ? [{ type: "tool_result" }] : `t${index}`
          return JSON.stringify({
            ...{ type: isAgent ? "assistant" : "user", uuid: `u${index}`, parentUuid: index ? `u${index - 1}` : null },
            message: { role: isAgent ? "assistant" : "user", content },
          })
        })
        const before = readConversation(file.slice(0, -1).join("\n")).messages
        expect(readConversation(file.join("\n")).messages.slice(0, before.length)).toEqual(before)
      },
    ),
  )
})
