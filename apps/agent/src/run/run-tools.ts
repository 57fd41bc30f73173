import { createHash } from "node:crypto"
import type { AppRouter } from "@strudel-agent/api/root"
import { type Client, clientOf } from "@strudel-agent/client/client"
import { type ClientOptions, createLinks } from "@strudel-agent/client/links"
import type { RunChange } from "@strudel-agent/contract/run"
import { nearestNames } from "@strudel-agent/reference/nearest"
import { allTools } from "@strudel-agent/tools/all-tools"
import { callTool } from "@strudel-agent/tools/call-tool"
import { jsonSchemaOf } from "@strudel-agent/tools/json-schema"
import type { AnyTool, ToolContext } from "@strudel-agent/tools/tool"
import { createTRPCClient } from "@trpc/client"
import { jsonSchema, type ToolSet, tool as toolOf } from "ai"
import type { WorkingKey } from "./run-key.ts"
import { runLink } from "./run-link.ts"

/** The session is kept by the server, so the model neither begins nor writes one. */
const keptByServer = new Set(["begin_session", "append_messages"])
export const runTools: readonly AnyTool[] = allTools.filter(({ name }) => !keptByServer.has(name))

/** The server knows which message asked for a change. */
const keptFields = new Set(["session_id", "message_index"])

/** A tool's input as the model is told of it. */
function inputOf({ input }: AnyTool): Record<string, unknown> {
  const { properties, ...schema } = jsonSchemaOf(input, "input")
  const shown = Object.entries(properties ?? {}).filter(([name]) => !keptFields.has(name))
  return { ...schema, properties: Object.fromEntries(shown) }
}

const described = runTools.map((tool) => ({
  name: tool.name,
  description: tool.description,
  inputSchema: inputOf(tool),
}))

/** The tools as the model is given them; who calls them is this process, one after the other. */
export const toolSet: ToolSet = Object.fromEntries(
  described.map(({ name, description, inputSchema }) => [
    name,
    toolOf({ description, inputSchema: jsonSchema(inputSchema) }),
  ]),
)

/** Tells one version of the tools from another. */
export const toolsHash: string = createHash("sha256").update(JSON.stringify(described)).digest("hex")

export interface CalledTool {
  ok: boolean
  text: string
}

export interface ToolCaller {
  client: Client
  /** How a client of one call reaches the server. */
  connection: ClientOptions
  key: WorkingKey
  signal: AbortSignal
}

export const findTool = (name: string): AnyTool | undefined => runTools.find((tool) => tool.name === name)

/** What is said to a call of a tool that there is not. */
export function noSuchTool(name: string): CalledTool {
  const names = runTools.map((tool) => tool.name)
  const near = nearestNames(name, names)
  const meant = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : ""
  return { ok: false, text: `There is no tool "${name.slice(0, 80)}".${meant} There are ${names.join(", ")}.` }
}

const onlyProposed =
  "This is proposed, and not made: it waits for the person, who approves or rejects it in the page. Until then what is stored is as it was, with the version that it had: reading gives that one, and proposing again replaces this proposal. A song may have clips that are only proposed, and a playlist such songs. Say that you propose it, not that it is done."

/** Tells the names of items that a session's runs only propose, which are read once. */
function proposedNames(client: Client, { sessionId }: WorkingKey): NonNullable<ToolContext["proposed"]> {
  let reading: Promise<RunChange[]> | undefined
  return async ({ kind, projectId, id }) => {
    reading ??= client.run.changes.query({ sessionId, state: "staged" }).then(({ changes }) => changes)
    const found = (await reading).find(
      (each) => each.itemType === kind && each.projectId === projectId && each.itemId === id && each.textAfter !== null,
    )
    return found?.itemName
  }
}

/** Calls a tool for the model; what changes the library goes through the run. */
export async function callRunTool(
  tool: AnyTool,
  input: unknown,
  { client, connection, key, signal, callId }: ToolCaller & { callId: string },
): Promise<CalledTool> {
  let isProposed = false
  const link = runLink({
    ...{ client, key, callId },
    onChange(state) {
      if (state === "staged") isProposed = true
    },
  })
  const calls = createTRPCClient<AppRouter>({ links: [link, ...createLinks(connection)] })
  const context = { client: clientOf(calls), pageUrl: connection.url, signal, proposed: proposedNames(client, key) }
  const { ok, text } = await callTool(tool, input, context)
  return { ok, text: isProposed ? `${onlyProposed}\n\n${text}` : text }
}
