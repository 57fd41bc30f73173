import { existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { endWhenAsked } from "../ending.ts"
import { loadDotEnv, readSettings, refuseModel, refuseOpenHost } from "../environment.ts"
import { prepare } from "../prepare.ts"
import { root } from "../project.ts"
import { attempt, inWords, say, warn } from "../say.ts"
import { claim } from "../services/instance.ts"
import { startStack } from "../services/stack.ts"
import { runNode } from "../tool.ts"

/** `npm start`: makes everything ready, serves until asked to end, and then resolves never, or to 0 if it already runs. */
export async function run(): Promise<number> {
  endWhenAsked(0)
  loadDotEnv()
  const begin = Date.now()
  const settings = readSettings()
  await refuseOpenHost(settings.host)
  refuseModel()
  const claimed = await claim(settings)
  if (claimed.runningUrl !== undefined) {
    say(`Already running: ${claimed.runningUrl}`)
    return 0
  }
  await prepare({ apps: ["server", "agent", "web", "cli"], say })
  const { url } = await startStack({ mode: "start", settings })
  await loadSamples(url, settings.dataDir)
  attempt("write down where it runs", () => claimed.update({ url }))
  say(`Started in ${inWords(Date.now() - begin)}. The logs are in ${settings.dataDir}; Ctrl-C stops everything.`)
  if (process.env.STRUDEL_TOKEN) say("A browser brings the token once: open the address with ?token=… at its end.")
  say(`Ready: ${url}`)
  return new Promise(() => {})
}

/**
 * Fills an empty library once; one that is not empty stays as it is, and samples that were deleted do not come back. A
 * failure is told, but does not end anything.
 */
export async function loadSamples(url: string, dataDir: string): Promise<void> {
  const cli = join(root, "apps/cli/dist/main.mjs")
  const stamp = join(dataDir, "samples-loaded")
  if (!existsSync(cli) || existsSync(stamp)) return
  const env = { ...process.env, STRUDEL_URL: url }
  const { code, output } = await runNode([cli, "load-samples", join(root, "samples")], { env, quiet: true })
  if (code !== 0) return warn(`The samples were not loaded:\n${output.trimEnd()}`)
  attempt(`write ${stamp}`, () => writeFileSync(stamp, ""))
  if (output.trim()) say(output.trim())
}
