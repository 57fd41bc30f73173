import { join } from "node:path"
import { endWhenAsked } from "./ending.mjs"
import { loadDotEnv, readSettings, toolEnvironment } from "./environment.mjs"
import { prepare } from "./prepare.mjs"
import { programOf, root } from "./project.mjs"
import { say } from "./say.mjs"
import { runNode } from "./tool.mjs"

/** `npm run -s prisma -- migrate dev`: Prisma's command line on the database that runs. */
export async function run(args) {
  endWhenAsked(130)
  loadDotEnv()
  await prepare({ apps: [], say })
  const env = { ...toolEnvironment(), STRUDEL_DATA_DIR: readSettings().dataDir }
  const { code } = await runNode([programOf("prisma", "prisma"), ...args], { env, cwd: join(root, "prisma") })
  return code
}
