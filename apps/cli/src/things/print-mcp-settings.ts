import type { Run } from "../run.ts"
import { type McpClientId, mcpClientIds } from "./mcp-client-ids.ts"
import { mcpClients } from "./mcp-clients.ts"

const placeholder = "<STRUDEL_TOKEN>"

/** Prints the settings of one client alone, to be put into a file, or of all with where they go. */
export function printMcpSettings(
  run: Run,
  chosen: McpClientId | undefined,
  { showToken = false }: { showToken?: boolean },
): void {
  const { url, token } = run.env
  const server = { url, token: token === undefined || showToken ? token : placeholder }
  const clients = (chosen === undefined ? mcpClientIds : [chosen]).map((client) => {
    const { name, where, settings } = mcpClients[client]
    return { client, name, where, settings: settings(server) }
  })
  const [only] = clients
  const text = () =>
    chosen !== undefined && only
      ? `${only.settings}\n`
      : clients.map(({ client, name, where, settings }) => `${name} (${client}): ${where}\n\n${settings}\n`).join("\n")
  run.print({ json: () => ({ clients: clients }), text })
  if (chosen !== undefined && only) run.note(`For ${only.name}: ${only.where}.`)
  if (server.token === placeholder) run.note(`Put the token in place of ${placeholder}, or print it with --show-token.`)
}
