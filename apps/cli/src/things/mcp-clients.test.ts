import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { type McpClientId, mcpClientIds } from "./mcp-client-ids.ts"
import { mcpClients } from "./mcp-clients.ts"
import { repositoryFolder } from "./repository.ts"

/** Where the settings of a client lie among the examples: a command is one for a shell. */
const exampleOf = (id: McpClientId): string =>
  fileURLToPath(new URL(`../../../../examples/mcp/${id}.${id === "claude-code" ? "sh" : "json"}`, import.meta.url))

it.each(mcpClientIds)("the settings of %s are those among the examples", async (id) => {
  const settings = mcpClients[id].settings({ url: "http://127.0.0.1:3000", token: undefined })
  const here = JSON.stringify(repositoryFolder()).slice(1, -1)
  await expect(`${settings.replaceAll(here, "/path/to/strudel-agent")}\n`).toMatchFileSnapshot(exampleOf(id))
})
