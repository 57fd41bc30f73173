import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { endWhenAsked, stopAtEnd } from "../ending.ts"
import { loadDotEnv, readSettings } from "../environment.ts"
import { withPackages } from "../package-manager.ts"
import { launcherFile, root } from "../project.ts"
import { warn } from "../say.ts"
import { productUrl } from "../services/instance.ts"
import { runTool } from "../tool.ts"

/** The suite of the 2025 revisions, and a Node that it runs on; MCP_CONFORMANCE names that of the newest revision. */
const suite = "@modelcontextprotocol/conformance@0.1.16"
const node = "node@22"

const app = join(root, "apps/mcp")

/**
 * `npm run -s conformance`: runs the conformance suite of the Model Context Protocol against the door for agents, over
 * the library that `npm start` runs; further arguments go to the suite. Resolves to its exit code.
 */
export async function run(args: string[]): Promise<number> {
  endWhenAsked(130)
  loadDotEnv()
  const newest = process.env.MCP_CONFORMANCE
  const address = await startServer(bundle(), productUrl(readSettings()))
  if (!address) {
    warn("The server for the suite did not start.")
    return 1
  }
  const failures = join(app, newest ? "conformance-failures-2026.yml" : "conformance-failures-2025.yml")
  const asked = ["--url", `${address.replace("127.0.0.1", "localhost")}/mcp`, "--expected-failures", failures]
  const command = withPackages([node, newest || suite], "--", "conformance", "server", ...asked, ...args)
  const { code } = await runTool(command, { env: process.env, cwd: process.cwd() })
  return code
}

/** Bundles the server that the suite speaks to, within the app, whose packages it needs; returns the program. */
function bundle(): string {
  const esbuild: typeof import("esbuild") = createRequire(launcherFile("package.json"))("esbuild")
  const dist = join(app, "dist")
  mkdirSync(dist, { recursive: true })
  const folder = mkdtempSync(join(dist, "conformance-"))
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }))
  const program = join(folder, "server.mjs")
  const banner =
    'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);'
  esbuild.buildSync({
    entryPoints: [join(app, "src/testing/conformance-server.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    banner: { js: banner },
    logLevel: "warning",
  })
  return program
}

/** Starts the server, which goes with this process; resolves to its address, or undefined where it does not start. */
async function startServer(program: string, url: string): Promise<string | undefined> {
  const server = spawn(process.execPath, [program, url], { stdio: ["ignore", "pipe", "inherit"] })
  stopAtEnd({ stop: () => server.kill(), kill: () => server.kill("SIGKILL") })
  for await (const line of createInterface({ input: server.stdout })) return line
  return undefined
}
