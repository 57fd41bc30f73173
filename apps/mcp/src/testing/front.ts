import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio"
import { createClient } from "@strudel-agent/client/client"
import { createDatabase } from "@strudel-agent/database/client"
import { createTestDatabase } from "@strudel-agent/database/testing/test-database"
import { buildDoor } from "@strudel-agent/server/src/door.ts"
import { createAnalyser } from "@strudel-agent/strudel/analyser"

const pool = { size: 4, maxOverflow: 8, recycleSeconds: 3600, commandTimeoutSeconds: 20, echo: false }

/** The revisions that a client can be held to. */
export const revisions = ["2026-07-28", "2025-11-25"] as const
export type Revision = (typeof revisions)[number]

/** The real front door on a free port, on a database of its own. */
export async function startServer({ token, measuresAudio = false }: { token?: string; measuresAudio?: boolean } = {}) {
  const { url: databaseUrl, close: dropDatabase } = await createTestDatabase()
  const database = createDatabase({ url: databaseUrl, pool })
  const analyser = createAnalyser()
  const door = await buildDoor({
    ...{ database, analyser, version: "0.0.0", allowedHosts: [], token, checksPages: true, measuresAudio },
    loadChatView: () => readFile(fileURLToPath(import.meta.resolve("@strudel-agent/chat-view/page")), "utf8"),
  })
  const url = await door.listen({ host: "127.0.0.1", port: 0 })
  return {
    url,
    door,
    database,
    client: createClient({ url, token }),
    async close() {
      await door.close()
      await analyser.close()
      await database.close()
      await dropDatabase()
    },
  }
}
export type Server = Awaited<ReturnType<typeof startServer>>

const clientOf = (revision: Revision) =>
  new Client(
    { name: "test", version: "0.0.0" },
    { versionNegotiation: { mode: revision === "2026-07-28" ? { pin: revision } : "legacy" } },
  )

interface HttpOptions {
  revision?: Revision
  headers?: Record<string, string>
  query?: string
}

/** The official client over HTTP. */
export async function connectHttp(
  { url }: { url: string },
  { revision = "2026-07-28", headers = {}, query = "" }: HttpOptions = {},
) {
  const client = clientOf(revision)
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp${query}`), { requestInit: { headers } }))
  return client
}

/** The program as it is shipped, in a folder away from every node_modules. */
export function buildProgram() {
  const folder = mkdtempSync(join(tmpdir(), "strudel-agent-mcp-"))
  const program = join(folder, "main.mjs")
  execFileSync(process.execPath, ["build.mjs", program], { cwd: fileURLToPath(new URL("../..", import.meta.url)) })
  return { program, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

interface StdioOptions {
  program: string
  revision?: Revision
  args?: string[]
  env?: Record<string, string>
}

/** The official client over standard input and output of a program of its own. */
export async function connectStdio(
  { url }: { url: string },
  { program, revision = "2026-07-28", args = [], env = {} }: StdioOptions,
) {
  const client = clientOf(revision)
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, ...args],
    env: { PATH: process.env.PATH ?? "", STRUDEL_URL: url, ...env },
    stderr: "pipe",
  })
  await client.connect(transport)
  return client
}

/** What a tool answered, as a model reads it. */
export function textOf(result: unknown): string {
  if (typeof result !== "object" || result === null || !("content" in result) || !Array.isArray(result.content))
    return ""
  return result.content
    .flatMap((part: unknown) =>
      typeof part === "object" && part !== null && "text" in part && typeof part.text === "string" ? [part.text] : [],
    )
    .join("\n")
}

/** A field of what a tool answered as data. */
export function fieldOf(result: unknown, name: string): unknown {
  if (typeof result !== "object" || result === null || !("structuredContent" in result)) return undefined
  const { structuredContent: data } = result
  return typeof data === "object" && data !== null ? Object.entries(data).find(([key]) => key === name)?.[1] : undefined
}
