import { Client, type ClientOptions, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest"
import { openConformanceDoor } from "./testing/conformance/door.ts"
import { type Revision, revisions, textOf } from "./testing/front.ts"

// What the conformance suite looks at with an engine of its own, as far as the official client shows it.

let door: Awaited<ReturnType<typeof openConformanceDoor>>
beforeAll(async () => {
  const nowhere = "http://127.0.0.1:1"
  door = await openConformanceDoor({ client: createClient({ url: nowhere }), pageUrl: nowhere })
})
afterAll(() => door.close())

async function connect(revision: Revision, capabilities: ClientOptions["capabilities"] = {}) {
  const mode = revision === "2026-07-28" ? { pin: revision } : ("legacy" as const)
  const client = new Client({ name: "test", version: "0.0.0" }, { capabilities, versionNegotiation: { mode } })
  if (capabilities.elicitation) {
    client.setRequestHandler("elicitation/create", () => ({
      action: "accept",
      content: { name: "Ada", color: "blue", ok: true, context: "dub" },
    }))
  }
  if (capabilities.sampling) {
    client.setRequestHandler("sampling/createMessage", () => ({
      ...{ role: "assistant", model: "none", content: { type: "text", text: "Hello" } },
    }))
  }
  if (capabilities.roots) client.setRequestHandler("roots/list", () => ({ roots: [{ uri: "file:///music" }] }))
  await client.connect(new StreamableHTTPClientTransport(new URL(`${door.url}/mcp`)))
  onTestFinished(() => client.close())
  return client
}

const everything = { elicitation: {}, sampling: {}, roots: {} }

it.each(revisions)("tells a client of %s how far a call is, and of no list that never changes", async (revision) => {
  const client = await connect(revision)
  const told: number[] = []
  const onprogress = ({ progress }: { progress: number }) => told.push(progress)
  await client.callTool({ name: "test_tool_with_progress", arguments: {} }, { onprogress })
  expect(told).toEqual([0, 50, 100])
  expect(client.getServerCapabilities()).toMatchObject({
    tools: { listChanged: false },
    prompts: { listChanged: false },
    resources: { listChanged: revision === "2026-07-28", subscribe: revision === "2026-07-28" },
  })
})

it.each([
  ["test_input_required_result_elicitation", "Thank you."],
  ["test_input_required_result_multiple_inputs", "state-ok"],
  ["test_input_required_result_multi_round", "Thank you."],
])("asks a client for what %s needs, and goes on with it", async (name, answer) => {
  const client = await connect("2026-07-28", everything)
  expect(textOf(await client.callTool({ name, arguments: {} }))).toBe(answer)
})

it("asks in a prompt as well", async () => {
  const client = await connect("2026-07-28", everything)
  const { messages } = await client.getPrompt({ name: "test_input_required_result_prompt" })
  expect(messages).toEqual([{ role: "user", content: { type: "text", text: "dub" } }])
})

it("asks nobody for what they did not say they can be asked for", async () => {
  const client = await connect("2026-07-28", { elicitation: {} })
  await expect(client.callTool({ name: "test_missing_capability", arguments: {} })).rejects.toMatchObject({
    code: -32_021,
  })
})

it("takes an argument that a header repeats", async () => {
  const client = await connect("2026-07-28")
  await client.listTools()
  expect(textOf(await client.callTool({ name: "test_custom_headers", arguments: { region: "köln" } }))).toBe("köln")
})
