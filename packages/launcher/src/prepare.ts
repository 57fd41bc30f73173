import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { toolEnvironment } from "./environment.ts"
import { installFingerprint, outputFingerprint, sourceFingerprint } from "./fingerprint.ts"
import { takeLock } from "./lock.ts"
import { withPackageManager } from "./package-manager.ts"
import { readManifest, root, workspaceFolders } from "./project.ts"
import { Refusal } from "./refusal.ts"
import { inWords, type Say, warn } from "./say.ts"
import { runTool } from "./tool.ts"

/** What was installed, and of what sources which apps were built. */
interface Stamp {
  install?: string
  sources?: string
  builds?: Partial<Record<App, string>>
}

/** The file of each app that its build writes last. */
export const outputs = {
  server: "apps/server/dist/main.mjs",
  agent: "apps/agent/dist/main.mjs",
  cli: "apps/cli/dist/main.mjs",
  mcp: "apps/mcp/dist/main.mjs",
  web: "apps/web/.next/BUILD_ID",
}

/** What can be built for itself. */
export type App = keyof typeof outputs

const modules = join(root, "node_modules")
/** Where the stamps of a project lie. */
export const stampFile = join("node_modules", ".strudel-stamp")

/**
 * Installs the packages and builds some apps, each only if what it depends on changed, and tells `say` what takes time.
 * Throws a refusal after printing what the failing tool said.
 */
export async function prepare({ apps, say }: { apps: App[]; say: Say }): Promise<void> {
  await alone(say, async () => {
    await install(say)
    if (!isBuilt(apps)) await build(apps, say)
  })
}

/** Installs the packages if need be and generates code; throws as `prepare` does. */
export async function prepareSources(say: Say): Promise<void> {
  await alone(say, async () => {
    await install(say)
    await step({ doing: "Generating code", done: "Generated code", say }, turbo("generate"))
  })
}

/** Returns the shell command that runs a task of some apps, or of all packages, in the order turbo finds. */
export function turbo(task: string, apps: App[] = []): string {
  const filters = apps.map((app) => `--filter=./apps/${app}`)
  return ["turbo", "run", task, "--ui=stream", "--output-logs=errors-only", "--concurrency=2", ...filters].join(" ")
}

/** Only one process at a time changes what is installed and built. */
export async function alone<Result>(say: Say, work: () => Promise<Result>): Promise<Result> {
  mkdirSync(modules, { recursive: true })
  let waitsFor: number | undefined
  for (;;) {
    const lock = takeLock(join(modules, ".strudel-lock"))
    if (!lock.holder) return work().finally(lock.release)
    const { pid } = lock.holder
    if (pid !== waitsFor) say(`Waiting for process ${pid}, which installs or builds this project…`)
    waitsFor = pid
    await sleep(300)
  }
}

async function install(say: Say): Promise<void> {
  const fingerprint = installFingerprint(root)
  const { install: known, ...rest } = readStamp()
  if (known === fingerprint && hasAllModules()) return
  writeStamp(rest)
  const command = "pnpm install --frozen-lockfile --prefer-offline --config.confirm-modules-purge=false"
  await step({ doing: "Installing the packages", done: "Installed", say }, command)
  writeStamp({ ...rest, install: fingerprint })
}

function hasAllModules(): boolean {
  return workspaceFolders().every((folder) => {
    const { dependencies, devDependencies } = readManifest(join(root, folder))
    const needs = Object.keys({ ...dependencies, ...devDependencies })
    return needs.every((name) => existsSync(join(root, folder, "node_modules", name)))
  })
}

function isBuilt(apps: App[]): boolean {
  const { sources, builds = {} } = readStamp()
  if (sources !== sourceFingerprint(root)) return false
  return apps.every((app) => builds[app] && builds[app] === outputFingerprint(root, outputs[app]))
}

async function build(apps: App[], say: Say): Promise<void> {
  // Read before the build: an edit made while it runs is not in what it builds.
  const sources = sourceFingerprint(root)
  const { sources: knownSources, builds: known, ...rest } = readStamp()
  writeStamp(rest)
  await step({ doing: "Building", done: "Built", say }, turbo("build", apps))
  const builds = knownSources === sources ? { ...known } : {}
  for (const app of apps) builds[app] = outputFingerprint(root, outputs[app])
  writeStamp({ ...rest, sources, builds })
}

function readStamp(): Stamp {
  try {
    const stamp: Stamp = JSON.parse(readFileSync(join(root, stampFile), "utf8"))
    return stamp
  } catch {
    // Nothing was installed yet, or what is written there is damaged.
    return {}
  }
}

function writeStamp(stamp: Stamp): void {
  rmSync(join(root, stampFile), { force: true })
  writeFileSync(join(root, stampFile), JSON.stringify(stamp))
}

async function step({ doing, done, say }: { doing: string; done: string; say: Say }, command: string): Promise<void> {
  const start = Date.now()
  say(`${doing}…`)
  const { code, output } = await runTool(withPackageManager(command), { env: toolEnvironment(), quiet: true })
  if (code !== 0) {
    warn(output.trimEnd())
    throw new Refusal(`${doing} failed, for the reason above.`)
  }
  say(`${done} in ${inWords(Date.now() - start)}.`)
}
