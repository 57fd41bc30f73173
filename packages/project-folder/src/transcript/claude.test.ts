import { describe, expect, it } from "vitest"
import { counts, lines, readConversation, readConversations, shown } from "../testing/read-conversation.ts"

let minute = 0
const record = (type: string, uuid: string, parentUuid: string | null, rest: object = {}) => ({
  ...{ type, uuid, parentUuid, isSidechain: false, sessionId: "s" },
  timestamp: new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString(),
  ...rest,
})
const user = (uuid: string, parent: string | null, content: unknown, rest: object = {}) =>
  record("user", uuid, parent, { message: { role: "user", content }, ...rest })
const agent = (uuid: string, parent: string | null, text: string, rest: object = {}) =>
  record("assistant", uuid, parent, {
    message: { id: `msg_${uuid}`, role: "assistant", content: [{ type: "text", text }] },
    ...rest,
  })
const toolUse = (uuid: string, parent: string, id: string) =>
  record("assistant", uuid, parent, {
    message: { id: `msg_${uuid}`, role: "assistant", content: [{ type: "tool_use", id, name: "Read", input: {} }] },
  })
const queue = (operation: string, content?: string) => ({
  ...{ type: "queue-operation", operation, sessionId: "s", content },
  timestamp: new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString(),
})

describe("branches of Claude Code", () => {
  it("are found whatever the order of the lines", () => {
    const all = [
      user("1", null, "one"),
      agent("2", "1", "two"),
      user("3", "2", "wrong"),
      agent("4", "3", "very wrong"),
      user("5", "2", "right"),
      agent("6", "5", "good"),
    ]
    const expected = readConversation(lines(...all))
    expect(shown(expected)).toEqual(["user: one", "assistant: two", "user: right", "assistant: good"])
    for (const order of [
      [5, 4, 3, 2, 1, 0],
      [4, 5, 0, 1, 2, 3],
      [2, 0, 4, 1, 5, 3],
    ]) {
      const { messages, branches } = readConversation(lines(...order.map((index) => all[index])))
      expect({ messages, branches }).toEqual({ messages: expected.messages, branches: expected.branches })
    }
  })

  it("of a prompt before which the person went back to the beginning leave before the first message", () => {
    const conversation = readConversation(
      lines(user("1", null, "first try"), agent("2", "1", "hm"), user("3", null, "second try"), agent("4", "3", "yes")),
    )
    expect(shown(conversation)).toEqual(["user: second try", "assistant: yes"])
    expect(conversation.branches).toMatchObject([{ leavesAfter: 0, firstWords: "first try" }])
  })

  it("of branches name the branch that they leave", () => {
    const conversation = readConversation(
      lines(
        ...[user("1", null, "a"), user("2", "1", "b"), user("3", "2", "c"), user("4", "2", "d")],
        ...[user("5", "1", "e"), agent("6", "5", "f")],
      ),
    )
    expect(shown(conversation)).toEqual(["user: a", "user: e", "assistant: f"])
    expect(
      conversation.branches.map(({ from, leavesAfter, firstWords }) => ({ from, leavesAfter, firstWords })),
    ).toEqual([
      { from: undefined, leavesAfter: 1, firstWords: "b" },
      { from: 0, leavesAfter: 2, firstWords: "c" },
    ])
    expect(conversation.branches.map(shown)).toEqual([["user: b", "user: d"], ["user: c"]])
  })

  it("end nowhere: entries in a circle and entries without their parent are read all the same", () => {
    const circle = readConversation(lines(user("1", "2", "one"), agent("2", "1", "two"), user("3", "2", "three")))
    expect(shown(circle)).toEqual(["user: one", "assistant: two", "user: three"])
    const torn = readConversation(lines(user("1", null, "one"), agent("2", "1", "two"), user("3", "lost", "three")))
    expect(shown(torn)).toEqual(["user: one", "assistant: two", "user: three"])
    expect(torn.warnings).toEqual([
      { code: "parent-missing", message: "1 entry follows on one that the file does not have" },
    ])
    const itself = readConversation(lines(user("1", "1", "alone")))
    expect(shown(itself)).toEqual(["user: alone"])
  })

  it("are none where a sub-agent worked, or where an answer failed", () => {
    const conversation = readConversation(
      lines(
        ...[user("1", null, "one"), toolUse("2", "1", "t")],
        user("x1", null, "sub-agent's order", { isSidechain: true }),
        agent("x2", "x1", "sub-agent's answer", { isSidechain: true }),
        user("3", "2", [{ type: "tool_result", tool_use_id: "t", content: "ok" }]),
        agent("4", "3", "API Error", { isApiErrorMessage: true }),
        agent("5", "3", "done"),
      ),
    )
    expect(shown(conversation)).toEqual(["user: one", "assistant: done"])
    expect(conversation.branches).toEqual([])
    expect(counts(conversation)).toEqual({ "tool-call": 1, sidechain: 2, "tool-result": 1, "program-error": 1 })
  })

  it("are none where a result of parallel tools is what the conversation goes on from", () => {
    const conversation = readConversation(
      lines(
        ...[user("1", null, "one"), toolUse("2", "1", "t1")],
        record("assistant", "3", "2", {
          message: {
            ...{ id: "msg_2", role: "assistant" },
            content: [
              { type: "text", text: "and another" },
              { type: "tool_use", id: "t2" },
            ],
          },
        }),
        user("4", "3", [{ type: "tool_result", tool_use_id: "t2", content: "ok" }]),
        user("5", "2", [{ type: "tool_result", tool_use_id: "t1", content: "ok" }]),
        agent("6", "5", "both done"),
      ),
    )
    expect(shown(conversation)).toEqual(["user: one", "assistant: and another", "assistant: both done"])
    expect(conversation.branches).toEqual([])
  })
})

describe("sessions of Claude Code", () => {
  it("in one file are conversations of their own", () => {
    const other = { sessionId: "t" }
    const conversations = readConversations(
      lines(
        ...[user("1", null, "one"), user("a", null, "other", other), agent("2", "1", "two")],
        ...[agent("b", "a", "answer", other), { type: "custom-title", customTitle: "Other", sessionId: "t" }],
      ),
    )
    expect(conversations.map(({ identity, title }) => [identity, title])).toEqual([
      ["s", undefined],
      ["t", "Other"],
    ])
    expect(conversations.map(shown)).toEqual([
      ["user: one", "assistant: two"],
      ["user: other", "assistant: answer"],
    ])
  })

  it("that begin with what was said in another one are that one's forks", () => {
    const old = { sessionId: "old" }
    const conversation = readConversation(
      lines(user("1", null, "one", old), agent("2", "1", "two", old), user("3", "2", "three")),
    )
    expect(conversation).toMatchObject({ identity: "s", forkedFrom: "old" })
    expect(shown(conversation)).toEqual(["user: one", "assistant: two", "user: three"])
    const told = readConversation(lines(user("1", null, "one", { forkedFrom: { sessionId: "old", messageUuid: "1" } })))
    expect(told.forkedFrom).toBe("old")
  })

  it("are read from what is streamed to another program", () => {
    const conversation = readConversation(
      lines(
        { type: "system", subtype: "init", session_id: "z", uuid: "0" },
        { type: "user", session_id: "z", uuid: "1", message: { role: "user", content: "one" } },
        {
          ...{ type: "assistant", session_id: "z", uuid: "2", parent_tool_use_id: null },
          message: { id: "m", role: "assistant", content: [{ type: "text", text: "two" }] },
        },
        {
          ...{ type: "assistant", session_id: "z", uuid: "3", parent_tool_use_id: "t" },
          message: { id: "n", role: "assistant", content: [{ type: "text", text: "a sub-agent's" }] },
        },
        { type: "result", subtype: "success", session_id: "z", uuid: "4", result: "two" },
      ),
    )
    expect(shown(conversation)).toEqual(["user: one", "assistant: two"])
    expect(conversation.identity).toBe("z")
    expect(counts(conversation)).toEqual({ meta: 2, sidechain: 1 })
  })

  it("take no title that is another's", () => {
    const foreign = [
      { type: "custom-title", customTitle: "Of another session", sessionId: "other" },
      { type: "ai-title", aiTitle: "Of another session", sessionId: "other" },
      { type: "summary", summary: "Of another file", leafUuid: "elsewhere" },
    ]
    expect(readConversation(lines(...foreign, user("1", null, "one"))).title).toBeUndefined()
    const own = { type: "summary", summary: "Of this one", leafUuid: "1" }
    expect(readConversation(lines(...foreign, own, user("1", null, "one"))).title).toBe("Of this one")
    const empty = { type: "custom-title", customTitle: " ", sessionId: "s" }
    expect(readConversation(lines(own, user("1", null, "one"), empty)).title).toBe("Of this one")
  })
})

describe("prompts that wait in Claude Code's queue", () => {
  it("and are sent as they are, are told once", () => {
    const conversation = readConversation(
      lines(
        ...[queue("enqueue", "one"), queue("dequeue"), user("1", null, "one"), queue("enqueue", "two")],
        ...[agent("2", "1", "answer"), queue("dequeue"), user("3", "2", "two"), agent("4", "3", "again")],
      ),
    )
    expect(shown(conversation)).toEqual(["user: one", "assistant: answer", "user: two", "assistant: again"])
    expect(conversation.leftOut).toEqual([])
  })

  it("and are sent together, are told once", () => {
    const conversation = readConversation(
      lines(
        ...[user("1", null, "go"), queue("enqueue", "louder"), queue("enqueue", "and slower"), agent("2", "1", "ok")],
        ...[queue("dequeue"), queue("dequeue"), user("3", "2", "louder\nand slower")],
      ),
    )
    expect(shown(conversation)).toEqual(["user: go", "assistant: ok", "user: louder\nand slower"])
  })

  it("and are sent with what was pasted into them, are told once", () => {
    const conversation = readConversation(
      lines(
        ...[user("1", null, "go"), queue("enqueue", "fix [Pasted text #1 +9 lines] please"), agent("2", "1", "ok")],
        ...[queue("dequeue"), user("3", "2", 'fix s("bd")\ns("hh") please')],
      ),
    )
    expect(shown(conversation)).toEqual(["user: go", "assistant: ok", 'user: fix s("bd")\ns("hh") please'])
  })

  it("and say the same twice, are told twice", () => {
    const conversation = readConversation(
      lines(
        ...[user("1", null, "go"), queue("enqueue", "again"), queue("enqueue", "again"), agent("2", "1", "ok")],
        ...[queue("dequeue"), user("3", "2", "again"), queue("dequeue"), user("4", "3", "again")],
      ),
    )
    expect(shown(conversation)).toEqual(["user: go", "assistant: ok", "user: again", "user: again"])
  })

  it("are kept where they left the queue, or at the end, where the conversation does not have them", () => {
    const conversation = readConversation(
      lines(
        ...[user("1", null, "go"), queue("enqueue", "softer"), queue("remove"), agent("2", "1", "softened")],
        ...[queue("enqueue", "and the end?")],
      ),
    )
    expect(shown(conversation)).toEqual(["user: go", "user: softer", "assistant: softened", "user: and the end?"])
    expect(conversation.branches).toEqual([])
  })

  it("keep their client_id when the conversation goes on with them", () => {
    const [begun, waiting] = [user("1", null, "go"), queue("enqueue", "then this")]
    const before = readConversation(lines(begun, waiting))
    const after = readConversation(lines(begun, waiting, queue("dequeue"), user("2", "1", "then this")))
    expect(after.messages.map(({ client_id }) => client_id)).toEqual(before.messages.map(({ client_id }) => client_id))
  })

  it("are counted where the person took them back, and where the program wrote them", () => {
    const conversation = readConversation(
      lines(
        ...[user("1", null, "go"), queue("enqueue", "never mind"), queue("popAll", "never mind")],
        ...[queue("enqueue", "<task-notification>done</task-notification>"), queue("dequeue")],
        record("attachment", "2", "1", {
          attachment: {
            type: "queued_command",
            prompt: "from a peer",
            commandMode: "prompt",
            origin: { kind: "peer" },
          },
        }),
      ),
    )
    expect(shown(conversation)).toEqual(["user: go"])
    expect(counts(conversation)).toEqual({ unsent: 1, notification: 1 })
  })
})

describe("what stands in the user's name in Claude Code", () => {
  const command = (name: string, args: string) =>
    `<command-message>${name}</command-message>\n<command-name>/${name}</command-name>\n<command-args>${args}</command-args>`

  it("is the person's prompt where a command of theirs is answered by the agent", () => {
    const conversation = readConversation(
      lines(
        ...[user("1", null, command("jam", "in E minor")), user("2", "1", "Jam along in E minor.", { isMeta: true })],
        agent("3", "2", 'note("e2")'),
      ),
    )
    expect(shown(conversation)).toEqual(["user: /jam in E minor", 'assistant: note("e2")'])
    expect(counts(conversation)).toEqual({ meta: 1 })
  })

  it("is a command to the program where the program answers it, or knows it", () => {
    const conversation = readConversation(
      lines(
        ...[user("1", null, command("mine", "x")), user("2", "1", "<local-command-stdout>ok</local-command-stdout>")],
        ...[user("3", "2", command("clear", "")), user("4", "3", "<local-command-stderr>no</local-command-stderr>")],
        record("system", "5", "4", { subtype: "local_command", content: command("compact", "keep the chords") }),
        record("system", "6", "5", { subtype: "informational", content: "A new version is there" }),
        ...[user("7", "6", "<bash-stdout>x</bash-stdout><bash-stderr></bash-stderr>"), user("8", "7", "hello")],
      ),
    )
    expect(shown(conversation)).toEqual(["user: hello"])
    expect(counts(conversation)).toEqual({ command: 3, "command-output": 4, notice: 1 })
  })

  it("keeps the person's words around reminders, and reminders that they only speak of", () => {
    const said = (text: string) => shown(readConversation(lines(user("1", null, text))))
    const reminder = "<system-reminder>\nBe brief.\n</system-reminder>"
    expect(said(`${reminder}\n\nsofter, please`)).toEqual(["user: softer, please"])
    expect(said(`softer${reminder}\nplease${reminder}`)).toEqual(["user: softer\nplease"])
    expect(said(`what is ${"`"}${reminder}${"`"}?`)).toEqual([`user: what is ${"`"}${reminder}${"`"}?`])
    expect(said("what is <system-reminder> for?")).toEqual(["user: what is <system-reminder> for?"])
    expect(said('play <b> and </b> as "a < b"')).toEqual(['user: play <b> and </b> as "a < b"'])
  })

  it("is told by its origin, where the record has one", () => {
    const conversation = readConversation(
      lines(
        user("1", null, "hello", { origin: { kind: "human" } }),
        user("2", "1", "another agent says hello", { origin: { kind: "peer" } }),
      ),
    )
    expect(shown(conversation)).toEqual(["user: hello"])
    expect(counts(conversation)).toEqual({ notification: 1 })
  })

  it("is no answer of the agent where the program made it up", () => {
    const conversation = readConversation(
      lines(
        user("1", null, "hello"),
        record("assistant", "2", "1", {
          message: {
            id: "x",
            model: "<synthetic>",
            role: "assistant",
            content: [{ type: "text", text: "No response" }],
          },
        }),
      ),
    )
    expect(shown(conversation)).toEqual(["user: hello"])
    expect(counts(conversation)).toEqual({ notice: 1 })
  })
})

it("a message that is written again behind a compaction, under its uuid or another, is told once", () => {
  const [one, two] = [user("1", null, "one"), agent("2", "1", "two")]
  const boundary = record("system", "3", null, {
    ...{ subtype: "compact_boundary", content: "Conversation compacted", logicalParentUuid: "2" },
  })
  const summary = user("4", "3", "This conversation so far", { isCompactSummary: true })
  const expected = ["user: one", "assistant: two", "system: Conversation compacted", "user: three"]
  for (const [first, second] of [
    ["1", "2"],
    ["1b", "2b"],
  ] as const) {
    const copies = [
      { ...one, uuid: first, parentUuid: "4" },
      { ...two, uuid: second, parentUuid: first },
    ]
    for (const parent of ["4", second]) {
      const conversation = readConversation(lines(one, two, boundary, summary, ...copies, user("5", parent, "three")))
      expect(shown(conversation)).toEqual(expected)
      expect(conversation.branches).toEqual([])
      expect(counts(conversation)).toEqual({ compaction: 1, repeated: 2 })
    }
  }
})

it("what a person answered to a tool is their word", () => {
  const refused =
    "The user doesn't want to proceed with this tool use. The tool use was rejected. " +
    "To tell you how to proceed, the user said:\nnot the kick, the snare"
  const conversation = readConversation(
    lines(
      ...[user("1", null, "one"), toolUse("2", "1", "t")],
      user("3", "2", [{ type: "tool_result", tool_use_id: "t", is_error: true, content: refused }]),
      toolUse("4", "3", "q"),
      user("5", "4", [{ type: "tool_result", tool_use_id: "q", content: "User has answered" }], {
        toolUseResult: { questions: [], answers: { "Which tempo?": "128" } },
      }),
      user("6", "5", [{ type: "tool_result", tool_use_id: "q", is_error: true, content: "exit code 1" }]),
    ),
  )
  expect(shown(conversation)).toEqual(["user: one", "user: not the kick, the snare", "user: Which tempo? 128"])
})

it("a record that was written before it was whole is told as it became", () => {
  const conversation = readConversation(
    lines(user("1", null, "go"), agent("2", "1", "Her"), agent("2", "1", "Here it is")),
  )
  expect(shown(conversation)).toEqual(["user: go", "assistant: Here it is"])
})

it("keys of JavaScript's objects are names like any other", () => {
  const odd = readConversation(
    '{"type":"user","uuid":"__proto__","parentUuid":null,"sessionId":"constructor","message":{"role":"user","content":"one"}}\n' +
      '{"type":"user","uuid":"toString","parentUuid":"__proto__","sessionId":"constructor","message":{"role":"user","content":"two"},"__proto__":{"isMeta":true}}',
  )
  expect(shown(odd)).toEqual(["user: one", "user: two"])
  expect(odd.identity).toBe("constructor")
})
