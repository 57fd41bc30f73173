import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { toolEnvironment } from "./environment.mjs"
import { installFingerprint, outputFingerprint, sourceFingerprint } from "./fingerprint.mjs"
import { readFacts, takeLock } from "./lock.mjs"
import { withPackageManager } from "./package-manager.mjs"
import { readJson, root, workspaceFolders } from "./project.mjs"
import { Refusal } from "./refusal.mjs"
import { complain, inWords } from "./say.mjs"
import { runTool } from "./tool.mjs"

const modules = join(root, "node_modules")
const installStamp = join(modules, ".strudel-install")
const buildStamp = join(modules, ".strudel-build")

/** The file of each app that its build writes last. */
const outputs = {
  server: "apps/server/dist/main.mjs",
  cli: "apps/cli/dist/main.mjs",
  mcp: "apps/mcp/dist/main.mjs",
  web: "apps/web/.next/BUILD_ID",
}

/**
 * Installs the packages and builds some apps, of `server`, `cli`, `mcp` and `web`, each only if what it depends on changed, and
 * tells `say` what takes time. Throws a refusal after printing what the failing tool said.
 */
export async function prepare({ apps, say }) {
  await alone(say, async () => {
    await install(say)
    if (!isBuilt(apps)) await build(apps, say)
  })
}

/** Installs the packages if need be and generates code; throws as `prepare` does. */
export async function prepareSources(say) {
  await alone(say, async () => {
    await install(say)
    await step({ doing: "Generating code", done: "Generated code", say }, turbo("generate"))
  })
}

/** Returns the shell command that runs a task of some apps, or of all packages, in the order turbo finds. */
export function turbo(task, apps = []) {
  const filters = apps.map((app) => `--filter=./apps/${app}`)
  return ["turbo", "run", task, "--ui=stream", "--output-logs=errors-only", "--concurrency=2", ...filters].join(" ")
}

/** Only one process at a time changes what is installed and built. */
export async function alone(say, work) {
  mkdirSync(modules, { recursive: true })
  let holder
  for (;;) {
    const lock = takeLock(join(modules, ".strudel-lock"))
    if (!lock.holder) return work().finally(lock.release)
    if (lock.holder.pid !== holder)
      say(`Waiting for process ${lock.holder.pid}, which installs or builds this project…`)
    holder = lock.holder.pid
    await sleep(300)
  }
}

async function install(say) {
  const fingerprint = installFingerprint(root)
  if (readFacts(installStamp)?.fingerprint === fingerprint && hasAllModules()) return
  rmSync(installStamp, { force: true })
  const command = "pnpm install --frozen-lockfile --prefer-offline --config.confirm-modules-purge=false"
  await step({ doing: "Installing the packages", done: "Installed", say }, command)
  writeFileSync(installStamp, JSON.stringify({ fingerprint }))
}

function hasAllModules() {
  return workspaceFolders().every((folder) => {
    const { dependencies, devDependencies } = readJson(join(root, folder, "package.json"))
    const needs = Object.keys({ ...dependencies, ...devDependencies })
    return needs.every((name) => existsSync(join(root, folder, "node_modules", name)))
  })
}

function isBuilt(apps) {
  const known = readFacts(buildStamp)
  if (known?.sources !== sourceFingerprint(root)) return false
  return apps.every((app) => known.builds[app] && known.builds[app] === outputFingerprint(root, [outputs[app]]))
}

async function build(apps, say) {
  // Read before the build: an edit made while it runs is not in what it builds.
  const sources = sourceFingerprint(root)
  const known = readFacts(buildStamp)
  rmSync(buildStamp, { force: true })
  await step({ doing: "Building", done: "Built", say }, turbo("build", apps))
  const builds = known?.sources === sources ? known.builds : {}
  for (const app of apps) builds[app] = outputFingerprint(root, [outputs[app]])
  writeFileSync(buildStamp, JSON.stringify({ sources, builds }))
}

async function step({ doing, done, say }, command) {
  const start = Date.now()
  say(`${doing}…`)
  const { code, output } = await runTool(withPackageManager(command), { env: toolEnvironment(), quiet: true })
  if (code !== 0) {
    complain(output.trimEnd())
    throw new Refusal(`${doing} failed, for the reason above.`)
  }
  say(`${done} in ${inWords(Date.now() - start)}.`)
}
