import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { endWhenAsked, stopAtEnd } from "../ending.ts"
import { loadDotEnv, readSettings } from "../environment.ts"
import { withPackages } from "../package-manager.ts"
import { launcherFile, root } from "../project.ts"
import { Refusal } from "../refusal.ts"
import { warn } from "../say.ts"
import { productUrl } from "../services/instance.ts"
import { runTool } from "../tool.ts"

const app = join(root, "apps/mcp")

/** The suite, and a Node that it runs on. */
const packages = ["node@22", "@modelcontextprotocol/conformance@0.2.0-alpha.12"]
/** Both revisions that the door speaks; of the former some scenarios are not for it, which a file names. */
const revisions = [
  { revision: "2025-11-25", expected: ["--expected-failures", join(app, "conformance-failures.yml")] },
  { revision: "2026-07-28", expected: [] },
]

/**
 * `npm run -s conformance`: runs the conformance suite of the Model Context Protocol against the door for agents, over
 * the library that `npm start` runs; further arguments go to the suite. Resolves to its exit code.
 */
export async function run(args: string[]): Promise<number> {
  if (args.some((arg) => arg.startsWith("--spec-version"))) {
    throw new Refusal("--spec-version: both revisions are tried, one after the other.")
  }
  endWhenAsked(130)
  loadDotEnv()
  const address = await startServer(bundle(), productUrl(readSettings()))
  if (!address) {
    warn("The server for the suite did not start.")
    return 1
  }
  const url = `${address.replace("127.0.0.1", "localhost")}/mcp`
  let worst = 0
  for (const { revision, expected } of revisions) {
    const asked = ["--url", url, "--suite", "all", "--spec-version", revision, ...expected, ...args]
    const command = withPackages(packages, "--", "conformance", "server", ...asked)
    const { code } = await runTool(command, { env: process.env, cwd: process.cwd() })
    worst = Math.max(worst, code)
  }
  return worst
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
    entryPoints: [join(app, "src/testing/conformance/server.ts")],
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
