import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { printableLine } from "@strudel-agent/importer/printable"
import { z } from "zod"
import type { Env } from "../env.ts"
import { fileProblem } from "../failure.ts"
import { readRegularFile } from "../folder/read-file.ts"
import type { McpClientId } from "../things/mcp-client-ids.ts"
import { mcpClients } from "../things/mcp-clients.ts"
import { type Finding, fine, problem, warning } from "./finding.ts"

/** Where assistants keep their settings. */
function settingsFiles({ home, appData, folder }: Env): [McpClientId, string][] {
  const ofProject: [McpClientId, string][] = [
    ["claude-code", join(folder, ".mcp.json")],
    ["cursor", join(folder, ".cursor/mcp.json")],
    ["vscode", join(folder, ".vscode/mcp.json")],
  ]
  if (home === undefined) return ofProject
  return [
    ...ofProject,
    ["claude-code", join(home, ".claude.json")],
    ["claude-desktop", join(home, "Library/Application Support/Claude/claude_desktop_config.json")],
    ["claude-desktop", join(home, ".config/Claude/claude_desktop_config.json")],
    ...(appData
      ? [["claude-desktop", join(appData, "Claude/claude_desktop_config.json")] as [McpClientId, string]]
      : []),
    ["cursor", join(home, ".cursor/mcp.json")],
    ["windsurf", join(home, ".codeium/windsurf/mcp_config.json")],
    ["gemini-cli", join(home, ".gemini/settings.json")],
    ["zed", join(home, ".config/zed/settings.json")],
  ]
}

const Server = z.looseObject({
  url: z.string().optional(),
  serverUrl: z.string().optional(),
  httpUrl: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  command: z.string().optional(),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
})
type Server = z.infer<typeof Server>

const Servers = z.record(z.string(), z.unknown()).optional()
const Settings = z.looseObject({ mcpServers: Servers, servers: Servers, context_servers: Servers })

/** JSON as editors let it be written, with comments and commas at the end of lists. */
const withoutComments = (text: string): string =>
  text
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, quoted: string | undefined) => quoted ?? "")
    .replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, quoted: string | undefined) => quoted ?? "")

const addressOf = ({ url, serverUrl, httpUrl }: Server): string | undefined => url ?? serverUrl ?? httpUrl

function judgeServer(server: Server, env: Env, about: { about: string; client: McpClientId }): Finding {
  const { about: where, client } = about
  const mend = `put there what \`strudel-agent mcp ${client}\` prints`
  const address = addressOf(server)
  if (address !== undefined) {
    if (address.replace(/\?.*$/, "") !== `${env.url}/mcp`) {
      return warning(where, `strudel is at ${printableLine(address)}, but STRUDEL_URL is ${env.url}`, mend)
    }
    const header = Object.entries(server.headers ?? {}).find(([name]) => name.toLowerCase() === "authorization")?.[1]
    if (env.token && header !== `Bearer ${env.token}`) {
      const message = header ? "its token is another than STRUDEL_TOKEN" : "it sends no token, and STRUDEL_TOKEN is set"
      return problem(where, message, { mend: `${mend} --show-token` })
    }
    return fine(where, "strudel is set up, by its address")
  }
  if (server.command === undefined) return problem(where, "strudel has neither an address nor a program", { mend })
  const at = server.args?.indexOf("--prefix") ?? -1
  const folder = at < 0 ? undefined : server.args?.[at + 1]
  if (folder !== undefined && !isRepository(folder)) {
    return problem(where, `the repository that it starts strudel from is not at ${printableLine(folder)}`, { mend })
  }
  const url = server.env?.STRUDEL_URL
  if (url !== undefined && url.replace(/\/+$/, "") !== env.url) {
    return warning(where, `strudel connects to ${printableLine(url)}, but STRUDEL_URL is ${env.url}`, mend)
  }
  if (env.token && server.env?.STRUDEL_TOKEN !== env.token) {
    return problem(where, "it starts strudel without the STRUDEL_TOKEN, or with another", {
      mend: `${mend} --show-token`,
    })
  }
  return fine(where, "strudel is set up, as a program")
}

function isRepository(folder: string): boolean {
  const manifest = join(folder, "package.json")
  try {
    return existsSync(manifest) && /"name": "strudel-agent"/.test(readFileSync(manifest, "utf8"))
  } catch {
    return false
  }
}

async function examineFile(env: Env, client: McpClientId, path: string): Promise<Finding[]> {
  if (!existsSync(path)) return []
  const about = `${mcpClients[client].name} (${path})`
  const { content, problem: unread } = await readRegularFile(path)
  if (content === undefined) return [warning(about, unread, "let this program read the file")]
  let settings: z.infer<typeof Settings>
  try {
    settings = Settings.parse(JSON.parse(withoutComments(new TextDecoder().decode(content)) || "{}"))
  } catch (error) {
    // What a parser says of a text may hold a part of it, such as a token.
    const kind = error instanceof SyntaxError ? "its settings are no JSON" : "its list of servers is no list of servers"
    return [problem(about, kind, { mend: "mend the file by hand: the assistant reads nothing of it" })]
  }
  const named = settings.mcpServers?.strudel ?? settings.servers?.strudel ?? settings.context_servers?.strudel
  if (named === undefined) return []
  const server = Server.safeParse(named)
  if (server.success) return [judgeServer(server.data, env, { about, client })]
  return [
    problem(about, "what it has of strudel is of another form", {
      mend: `put there what \`strudel-agent mcp ${client}\` prints`,
    }),
  ]
}

/** Looks at the settings of assistants on this machine, as far as they name strudel; never tells a token. */
export async function examineAssistants(env: Env): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [client, path] of settingsFiles(env)) {
    const found = await examineFile(env, client, path).catch((error: unknown) => [
      warning(path, fileProblem(error), "let this program read the file"),
    ])
    findings.push(...found)
  }
  if (findings.length === 0) {
    const message = "no settings of an assistant on this machine name strudel"
    findings.push(fine("assistants", `${message}; \`strudel-agent mcp\` prints some`))
  }
  return findings
}
