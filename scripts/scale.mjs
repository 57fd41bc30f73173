import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { loadDotEnv, toolEnvironment } from "./environment.mjs"
import { prepare } from "./prepare.mjs"
import { root } from "./project.mjs"
import { Refusal } from "./refusal.mjs"
import { complain, say } from "./say.mjs"
import { runNode } from "./tool.mjs"

const usage = "Usage: DATABASE_URL=postgresql://… npm run -s scale -- citus [--dry-run]"

/**
 * `npm run -s scale -- citus`: spreads the database that DATABASE_URL names over the nodes of its Citus cluster, step by
 * step; what is done already is left alone. With `--dry-run` it prints the statements that it would run, for psql.
 */
export async function run([engine, ...options]) {
  if (engine !== "citus" || options.some((option) => option !== "--dry-run")) throw new Refusal(usage)
  loadDotEnv()
  const url = process.env.DATABASE_URL
  if (!url) throw new Refusal(`DATABASE_URL is not set: it names the database of the coordinator.\n${usage}`)
  await prepare({ apps: [], say: complain })
  const folder = join(root, "prisma")
  const built = await runNode([join(folder, "build.mjs")], { env: toolEnvironment(), cwd: folder })
  if (built.code !== 0) return built.code
  const { distribute } = await import(pathToFileURL(join(folder, "dist/citus.mjs")).href)
  try {
    await distribute({ url, directory: join(folder, "migrations"), dryRun: options.length > 0, say })
  } catch (error) {
    throw new Refusal(wordsFor(error))
  }
  return 0
}

/** What PostgreSQL or the system says, without a stack, which tells nothing of a database. */
function wordsFor(error) {
  const { message, detail, hint } = error.errors?.[0] ?? error
  return [message, detail, hint].filter(Boolean).join("\n")
}
