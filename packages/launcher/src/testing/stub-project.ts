import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { installFingerprint, outputFingerprint, sourceFingerprint } from "../fingerprint.ts"
import { outputs, stampFile } from "../prepare.ts"
import { root as ownRoot } from "../project.ts"

const server = `
  import { createServer } from "node:http"
  const end = () => process.exit(0)
  process.on("disconnect", end)
  process.on("SIGTERM", end)
  if (process.env.STUB_FAILS) {
    console.error("The stub cannot start.")
    process.exit(1)
  }
  const facts = { pid: process.pid, web: process.env.WEB_URL, secret: process.env.STRUDEL_WEB_SECRET }
  createServer((_request, response) => response.end(JSON.stringify(facts)))
    .listen(Number(process.env.PORT), process.env.HOST, function () {
      process.send({ type: "ready", url: "http://" + process.env.HOST + ":" + this.address().port })
    })
`
const agent = `
  import { writeFileSync } from "node:fs"
  const end = () => process.exit(0)
  process.on("disconnect", end)
  process.on("SIGTERM", end)
  if (process.env.STUB_AGENT_FAILS) process.exit(1)
  writeFileSync(process.env.STRUDEL_DATA_DIR + "/agent.json", JSON.stringify({ pid: process.pid, url: process.env.STRUDEL_URL }))
  process.send({ type: "ready" })
`
const next = `
  require("node:http")
    .createServer((_request, response) => response.end(JSON.stringify({ pid: process.pid, server: process.env.STRUDEL_URL })))
    .listen(Number(process.argv[process.argv.indexOf("-p") + 1]), "127.0.0.1")
`
const cli = `
  console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), url: process.env.STRUDEL_URL }))
  process.exit(process.argv[2] === "fail" ? 3 : 0)
`
/** What the bundle of the launcher is made of, and what starts it. */
const launcher = [
  ...["scripts", "apps/web/front-door.mjs", "packages/process/src", "prisma/src/embedded"],
  ...[
    "packages/launcher/bootstrap",
    "packages/launcher/dist",
    "packages/launcher/src",
    "packages/launcher/package.json",
  ],
]

/**
 * Makes a project in a folder with a space in its name that has this launcher, but a server, an agent, a web app and a
 * command line that do next to nothing, already installed and built. Returns its root and a function that removes it.
 */
export function makeStubProject(): { root: string; write(file: string, text: string): void; remove(): void } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "strudel-stub-")))
  const root = join(folder, "a project")
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  for (const path of launcher) cpSync(join(ownRoot, path), join(root, path), { recursive: true })
  const scripts = { start: "node scripts/run.mjs start", cli: "node scripts/run.mjs cli" }
  write("package.json", JSON.stringify({ name: "stub", version: "1.0.0", packageManager: "pnpm@0.0.0", scripts }))
  write("pnpm-workspace.yaml", "packages:\n  - apps/*\n\ncatalog:\n  esbuild: 0.0.0\n")
  for (const app of ["server", "agent", "web", "cli"]) write(`apps/${app}/package.json`, "{}")
  write(outputs.server, server)
  write(outputs.agent, agent)
  write(outputs.cli, cli)
  write(outputs.web, "1")
  write("apps/web/node_modules/next/package.json", '{"bin":"next.js"}')
  write("apps/web/node_modules/next/next.js", next)
  const { mcp, ...built } = outputs
  const builds = Object.fromEntries(Object.entries(built).map(([app, file]) => [app, outputFingerprint(root, file)]))
  write(stampFile, JSON.stringify({ install: installFingerprint(root), sources: sourceFingerprint(root), builds }))
  return { root, write, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) }
}
