import { join } from "node:path"
import { loadDotEnv, readSettings } from "./environment.mjs"
import { runInForeground } from "./foreground.mjs"
import { runningUrl } from "./instance.mjs"
import { prepare } from "./prepare.mjs"
import { root } from "./project.mjs"
import { complain } from "./say.mjs"

/** `npm run -s mcp`: serves an agent over standard input and output, and resolves to the exit code. Words go to stderr alone. */
export async function run(args) {
  loadDotEnv()
  await prepare({ apps: ["mcp"], say: complain })
  const { port, dataDir } = readSettings()
  const STRUDEL_URL = process.env.STRUDEL_URL || runningUrl(dataDir) || `http://127.0.0.1:${port}`
  return runInForeground([join(root, "apps/mcp/dist/main.mjs"), ...args], { env: { ...process.env, STRUDEL_URL } })
}
