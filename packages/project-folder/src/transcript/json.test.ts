import { describe, expect, it } from "vitest"
import { readConversation } from "../testing/read-conversation.ts"

const message = (context: string, rest = "") =>
  `{"role":"user","content":"ü 9007199254740993","context":${context}${rest}}`

describe("numbers of a transcript that JavaScript can't hold", () => {
  it("are kept digit by digit as text, and told", () => {
    const context =
      '{"discord_id":107505301260286111,"seed":[1,9007199254740993],"ü":{"gain":0.1000000000000000001},"n":0.5}'
    const changes = ',"code_changes":[{"before":null,"after":"b","size":1e400}]'
    const conversation = readConversation(`${message(context, changes)}\n`)
    expect(conversation.messages[0]).toMatchObject({
      content: "ü 9007199254740993",
      context: {
        discord_id: "107505301260286111",
        seed: [1, "9007199254740993"],
        ü: { gain: "0.1000000000000000001" },
        n: 0.5,
      },
      code_changes: [{ before: null, after: "b", size: "1e400" }],
    })
    expect(conversation.warnings.map(({ code, message }) => [code, message.split(" has ")[0]])).toEqual([
      ["number-kept", "context.discord_id"],
      ["number-kept", "context.seed.1"],
      ["number-kept", "context.ü.gain"],
      ["number-kept", "code_changes.0.size"],
    ])
  })

  it("are told by their line or place, in every form that holds them", () => {
    const files = [
      `{"role":"user","content":"first"}\n${message('{"seed":9007199254740993}')}`,
      `[{"role":"user","content":"first"},${message('{"seed":9007199254740993}')}]`,
      `{"messages":[{"role":"user","content":"first"},${message('{"seed":9007199254740993}')}]}`,
    ]
    for (const file of files) {
      const conversation = readConversation(file)
      expect(conversation.messages[1]?.context).toEqual({ seed: "9007199254740993" })
      expect(conversation.warnings).toMatchObject([
        { code: "number-kept", message: expect.stringMatching(/context\.seed has more digits/) },
      ])
    }
  })

  it("are left alone where they are held, or where only a time needs them", () => {
    const held = message('{"a":9007199254740992,"b":0.1,"c":-1.5e3,"d":123456789012345680000}')
    const conversation = readConversation(`${held.slice(0, -1)},"timestamp":1772000000.123456789}`)
    expect(conversation.messages[0]).toMatchObject({
      timestamp: "2026-02-25T06:13:20.123Z",
      context: { a: 9007199254740992, b: 0.1, c: -1500, d: 123456789012345680000 },
    })
    expect(conversation.warnings).toEqual([])
  })

  it("are left out with what they stand in where nobody could count their digits", () => {
    const conversation = readConversation(message(`{"seed":${"1".repeat(10_000)}}`))
    expect(conversation.messages).toMatchObject([{ role: "user" }])
    expect(conversation.messages[0]?.context).toBeUndefined()
    expect(conversation.warnings.map(({ code }) => code)).toEqual(["field-dropped"])
  })
})
