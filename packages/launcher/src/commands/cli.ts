import { join } from "node:path"
import { loadDotEnv, readSettings } from "../environment.ts"
import { runInForeground } from "../foreground.ts"
import { prepare } from "../prepare.ts"
import { root } from "../project.ts"
import { warn } from "../say.ts"
import { productUrl } from "../services/instance.ts"

/** `npm run -s cli -- …`: runs the command line where the user called it, and resolves to its exit code. */
export async function run(args: string[]): Promise<number> {
  loadDotEnv()
  await prepare({ apps: ["cli"], say: warn })
  return runInForeground([join(root, "apps/cli/dist/main.mjs"), ...args], {
    // npm changes to the root of the project; relative paths are meant from where the user is.
    cwd: process.env.INIT_CWD || process.cwd(),
    env: { ...process.env, STRUDEL_URL: productUrl(readSettings()) },
  })
}
