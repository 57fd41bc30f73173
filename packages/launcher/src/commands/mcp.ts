import { join } from "node:path"
import { loadDotEnv, readSettings } from "../environment.ts"
import { runInForeground } from "../foreground.ts"
import { prepare } from "../prepare.ts"
import { root } from "../project.ts"
import { warn } from "../say.ts"
import { productUrl } from "../services/instance.ts"

/** `npm run -s mcp`: serves an agent over standard input and output, and resolves to the exit code. Words go to stderr alone. */
export async function run(args: string[]): Promise<number> {
  loadDotEnv()
  await prepare({ apps: ["mcp"], say: warn })
  const env = { ...process.env, STRUDEL_URL: productUrl(readSettings()) }
  return runInForeground([join(root, "apps/mcp/dist/main.mjs"), ...args], { env })
}
