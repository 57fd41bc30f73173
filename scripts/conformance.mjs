import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { loadDotEnv, readSettings } from "./environment.mjs"
import { runningUrl } from "./instance.mjs"
import { root } from "./project.mjs"
import { complain } from "./say.mjs"

/** The suite of the 2025 revisions, and a Node that it runs on; MCP_CONFORMANCE names that of the newest revision. */
const suite = "@modelcontextprotocol/conformance@0.1.16"
const node = "node@22"

const app = join(root, "apps/mcp")

/** Bundles the server that the suite speaks to, within the app, whose packages it needs. */
async function bundled() {
  const { createRequire } = await import("node:module")
  const { build } = createRequire(join(app, "build.mjs"))("esbuild")
  const built = join(app, "dist")
  mkdirSync(built, { recursive: true })
  const folder = mkdtempSync(join(built, "conformance-"))
  const program = join(folder, "server.mjs")
  const banner =
    'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);'
  await build({
    ...{
      entryPoints: [join(app, "src/testing/conformance-server.ts")],
      outfile: program,
      bundle: true,
      platform: "node",
    },
    ...{ format: "esm", target: "node20.19", banner: { js: banner }, logLevel: "warning" },
  })
  return { program, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/**
 * `npm run -s conformance`: runs the conformance suite of the Model Context Protocol against the door for agents, over
 * the library that `npm start` runs; further arguments go to the suite. Resolves to its exit code.
 */
export async function run(args) {
  loadDotEnv()
  const { port, dataDir } = readSettings()
  const url = process.env.STRUDEL_URL || runningUrl(dataDir) || `http://127.0.0.1:${port}`
  const { program, remove } = await bundled()
  const server = spawn(process.execPath, [program, url], { stdio: ["ignore", "pipe", "inherit"] })
  try {
    const { value: address } = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next()
    if (!address) {
      complain("The server for the suite did not start.")
      return 1
    }
    const npx = process.platform === "win32" ? "npx.cmd" : "npx"
    const asked = [
      "server",
      "--url",
      `${address.replace("127.0.0.1", "localhost")}/mcp`,
      "--expected-failures",
      join(app, process.env.MCP_CONFORMANCE ? "conformance-failures-2026.yml" : "conformance-failures-2025.yml"),
    ]
    return await new Promise((resolve) => {
      const running = spawn(
        npx,
        ["-y", "-p", node, "-p", process.env.MCP_CONFORMANCE || suite, "conformance", ...asked, ...args],
        {
          stdio: "inherit",
        },
      )
      running.on("close", (code) => resolve(code ?? 1))
    })
  } finally {
    server.kill()
    remove()
  }
}
