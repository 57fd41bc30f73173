import { join } from "node:path"
import { loadDotEnv, readSettings } from "./environment.mjs"
import { runInForeground } from "./foreground.mjs"
import { runningUrl } from "./instance.mjs"
import { prepare } from "./prepare.mjs"
import { root } from "./project.mjs"
import { complain } from "./say.mjs"

/** `npm run -s cli -- …`: runs the command line where the user called it, and resolves to its exit code. */
export async function run(args) {
  loadDotEnv()
  await prepare({ apps: ["cli"], say: complain })
  const { port, dataDir } = readSettings()
  const STRUDEL_URL = process.env.STRUDEL_URL || runningUrl(dataDir) || `http://127.0.0.1:${port}`
  return runInForeground([join(root, "apps/cli/dist/main.mjs"), ...args], {
    // npm changes to the root of the project; relative paths are meant from where the user is.
    cwd: process.env.INIT_CWD || process.cwd(),
    env: { ...process.env, STRUDEL_URL },
  })
}
