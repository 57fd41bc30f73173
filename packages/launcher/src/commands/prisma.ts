import { join } from "node:path"
import { loadDotEnv, readSettings, toolEnvironment } from "../environment.ts"
import { runInForeground } from "../foreground.ts"
import { prepare } from "../prepare.ts"
import { programOf, root } from "../project.ts"
import { warn } from "../say.ts"

/** `npm run -s prisma -- migrate dev`: Prisma's command line on the database that runs. */
export async function run(args: string[]): Promise<number> {
  loadDotEnv()
  await prepare({ apps: [], say: warn })
  const env = { ...toolEnvironment(), STRUDEL_DATA_DIR: readSettings().dataDir }
  return runInForeground([programOf("prisma", "prisma"), ...args], { env, cwd: join(root, "prisma") })
}
