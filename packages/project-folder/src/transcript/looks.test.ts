import { describe, expect, it } from "vitest"
import { lines, readConversation, refusalOf } from "../testing/read-conversation.ts"

describe("a file without a conversation in it is refused by what it looks like", () => {
  it.each([
    [
      "batch file",
      lines({
        custom_id: "1",
        method: "POST",
        url: "/v1/chat/completions",
        body: { messages: [{ role: "user", content: "x" }] },
      }),
    ],
    ["answers to a batch", lines({ id: "b", custom_id: "1", response: { status_code: 200, body: {} } })],
    ["HAR file", JSON.stringify({ log: { version: "1.2", entries: [] } })],
    ["Jupyter notebook", JSON.stringify({ cells: [], metadata: {}, nbformat: 4 }, null, 1)],
    ["package.json", JSON.stringify({ name: "x", version: "1.0.0", dependencies: {} })],
    ["npm's lockfile", JSON.stringify({ name: "x", version: "1", lockfileVersion: 3, packages: {} })],
    ["tsconfig.json", JSON.stringify({ compilerOptions: {} })],
    ["OpenAPI description", JSON.stringify({ openapi: "3.1.0", paths: {} })],
    ["LangSmith trace", lines({ id: "1", run_type: "llm", inputs: {}, outputs: {} })],
    ["Langfuse trace", JSON.stringify({ id: "1", observations: [] })],
    ["OpenTelemetry trace", JSON.stringify({ resourceSpans: [] })],
    ["as it is streamed", lines({ object: "chat.completion.chunk", choices: [{ delta: {} }] })],
    ["pairs of prompt and answer", lines({ prompt: "a", completion: "b" })],
    ["instructions and outputs", JSON.stringify([{ instruction: "a", input: "", output: "b" }])],
    [
      "Discord channel",
      JSON.stringify({ guild: {}, channel: {}, messages: [{ author: { name: "a" }, content: "x" }] }),
    ],
    ["Telegram chat", JSON.stringify({ name: "a", messages: [{ from: "Ann", text: "x", date_unixtime: "1" }] })],
    ["Slack channel", JSON.stringify([{ type: "message", user: "U1", text: "x", ts: "1.2" }])],
    ["Codex's list of prompts", lines({ session_id: "a", ts: 1, text: "x" })],
    ["Claude Code's list of prompts", lines({ display: "x", pastedContents: {}, timestamp: 1, project: "/x" })],
    ["Gemini CLI's list of prompts", JSON.stringify([{ sessionId: "a", messageId: 0, type: "user", message: "x" }])],
    ["GitHub Copilot", JSON.stringify({ responderUsername: "Copilot", requests: [] })],
    ["Open WebUI", JSON.stringify([{ id: "1", chat: { history: { messages: {} } } }])],
    ["Google AI Studio", JSON.stringify({ runSettings: {}, chunkedPrompt: { chunks: [] } })],
    ["JSON-RPC", lines({ jsonrpc: "2.0", method: "x" })],
    ["server's log", lines({ level: 30, time: 1, pid: 2, msg: "x" })],
    ["strudel.cc exported", JSON.stringify({ abc: { id: "abc", code: 's("bd")', created_at: 1 } })],
    ["GeoJSON", JSON.stringify({ type: "FeatureCollection", features: [] })],
    ["the keys name, role", JSON.stringify([{ name: "Mara", role: "admin" }])],
    ["the keys author, text", JSON.stringify([{ author: "Mara", text: "Nice set!" }])],
    ["web page (HTML)", "<!DOCTYPE html>\n<html><body>chat</body></html>"],
    ["XML", '<?xml version="1.0"?><chat/>'],
    ["Strudel code", '$: s("bd*4")\n'],
    ["Markdown", "# A conversation\n\n**User:** hello\n"],
    ["plain text", "User: hello\nAgent: hi\n"],
    ["stream of events", 'data: {"choices":[]}\n\ndata: [DONE]\n'],
    ["no whole JSON", '{"a": [1, 2'],
    ["ZIP file", Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0])],
    ["packed by gzip", Uint8Array.from([0x1f, 0x8b, 0x08, 0])],
    ["picture (PNG)", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ["PDF", new TextEncoder().encode("%PDF-1.7\n")],
    ["database (SQLite)", new TextEncoder().encode("SQLite format 3\0")],
    ["it is empty", ""],
    ["it is empty", " \n\n"],
    ["it is empty", "\ufeff"],
    ["an empty list", "[]"],
    ["an empty object", "{}"],
    ["a single value", "42"],
    ["a list without an object", '["a", "b"]'],
  ])("%s", (words, file) => {
    expect(refusalOf(file)).toContain(words)
  })

  it("and by its keys where nobody knows it", () => {
    expect(refusalOf('{"a": 1, "b": {}, "c": []}')).toBe(
      "it is an object with the keys a, b, c: there is no conversation in it",
    )
    expect(refusalOf('[{"a": 1}]')).toBe("it is a list of objects with the key a: there is no conversation in it")
    expect(refusalOf('{"a": 1}\n{"a": 2}\n')).toBe("it is an object with the key a: there is no conversation in it")
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`key${i}`.padEnd(60, "x"), i]))
    expect(refusalOf(JSON.stringify(many))).toMatch(
      /^it is an object with the keys key0x+…, .* and 12 more: there is no conversation/,
    )
  })

  it("but not where a conversation is in it", () => {
    expect(readConversation('{"a":1}\n{"role":"user","content":"x"}').leftOut).toEqual([
      { reason: "unknown-entry", count: 1, lines: [1] },
    ])
    expect(readConversation('[{"a":1},{"role":"user","content":"x"}]').leftOut).toEqual([
      { reason: "unknown-entry", count: 1, lines: [1] },
    ])
  })
})
