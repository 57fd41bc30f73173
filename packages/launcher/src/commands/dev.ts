import { existsSync, watch } from "node:fs"
import { join } from "node:path"
import { endWhenAsked, isEnding } from "../ending.ts"
import { loadDotEnv, readSettings, refuseModel, refuseOpenHost, toolEnvironment } from "../environment.ts"
import { withPackageManager } from "../package-manager.ts"
import { prepare, prepareSources, turbo } from "../prepare.ts"
import { root, workspaceFolders } from "../project.ts"
import { Refusal } from "../refusal.ts"
import { inWords, say, warn } from "../say.ts"
import { claim } from "../services/instance.ts"
import { startStack } from "../services/stack.ts"
import type { Supervisor } from "../services/supervisor.ts"
import { runTool } from "../tool.ts"
import { loadSamples } from "./start.ts"

/** Editors write a file in several steps, and people several files. */
const settleMilliseconds = 150

/** `npm run dev`: as `npm start`, but pages and the server follow every edit; resolves never. */
export async function run(): Promise<number> {
  endWhenAsked(0)
  loadDotEnv()
  const settings = readSettings()
  await refuseOpenHost(settings.host)
  refuseModel()
  const claimed = await claim(settings)
  if (claimed.runningUrl !== undefined) throw new Refusal(`Already running at ${claimed.runningUrl}: stop it first.`)
  await prepareSources(say)
  await prepare({ apps: ["server", "agent", "cli"], say })
  const { url, server, agent } = await startStack({
    mode: "dev",
    settings,
    limits: { restarts: Number.POSITIVE_INFINITY },
  })
  await loadSamples(url, settings.dataDir)
  claimed.update({ url })
  followEdits([server, agent])
  say(`Ready: ${url}`)
  return new Promise(() => {})
}

function followEdits(parts: Supervisor[]): void {
  let timer: NodeJS.Timeout | undefined
  let working = Promise.resolve()
  const rebuild = async () => {
    if (isEnding()) return
    const begin = Date.now()
    const command = withPackageManager(turbo("build", ["server", "agent"]))
    const { code, output } = await runTool(command, { env: toolEnvironment(), quiet: true })
    if (code !== 0) return warn(`${output.trimEnd()}\nThe server was not built: what was before goes on.`)
    await Promise.all(parts.map((part) => part.restart()))
    say(`Built the server again in ${inWords(Date.now() - begin)}.`)
  }
  const onEdit = (_event: string, file: string | null) => {
    if (/\.test\.\w+$/.test(file ?? "") || /(^|[\\/])generated[\\/]/.test(file ?? "")) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      working = working.then(rebuild)
    }, settleMilliseconds)
  }
  for (const path of serverSources()) watch(path, { recursive: true }, onEdit)
}

/** What the server and the agent are built of: their own sources, those of the packages, and the schema of the database. */
function serverSources(): string[] {
  return workspaceFolders()
    .filter(
      (folder) =>
        folder === "prisma" || folder === "apps/server" || folder === "apps/agent" || folder.startsWith("packages/"),
    )
    .filter((folder) => folder !== "packages/launcher")
    .flatMap((folder) => [join(root, folder, "src"), join(root, folder, "schema.prisma")])
    .filter((path) => existsSync(path))
}
