import { join } from "node:path"
import { loadDotEnv, readSettings, toolEnvironment } from "./environment.mjs"
import { runInForeground } from "./foreground.mjs"
import { prepare } from "./prepare.mjs"
import { programOf, root } from "./project.mjs"
import { complain } from "./say.mjs"

/** `npm run -s prisma -- migrate dev`: Prisma's command line on the database that runs. */
export async function run(args) {
  loadDotEnv()
  await prepare({ apps: [], say: complain })
  const env = { ...toolEnvironment(), STRUDEL_DATA_DIR: readSettings().dataDir }
  return runInForeground([programOf("prisma", "prisma"), ...args], { env, cwd: join(root, "prisma") })
}
