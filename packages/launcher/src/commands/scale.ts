import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { messageOf } from "@strudel-agent/process/error-code"
import { loadDotEnv, toolEnvironment } from "../environment.ts"
import { prepare } from "../prepare.ts"
import { root } from "../project.ts"
import { Refusal } from "../refusal.ts"
import { say, warn } from "../say.ts"
import { runNode } from "../tool.ts"

const usage = "Usage: DATABASE_URL=postgresql://… npm run -s scale -- citus [--dry-run]"

/**
 * `npm run -s scale -- citus`: spreads the database that DATABASE_URL names over the nodes of its Citus cluster, step by
 * step; what is done already is left alone. With `--dry-run` it prints the statements that it would run, for psql.
 */
export async function run([engine, ...options]: string[]): Promise<number> {
  if (engine !== "citus" || options.some((option) => option !== "--dry-run")) throw new Refusal(usage)
  loadDotEnv()
  const url = process.env.DATABASE_URL
  if (!url) throw new Refusal(`DATABASE_URL is not set: it names the database of the coordinator.\n${usage}`)
  await prepare({ apps: [], say: warn })
  const folder = join(root, "prisma")
  const built = await runNode([join(folder, "build.mjs")], { env: toolEnvironment(), cwd: folder })
  if (built.code !== 0) return built.code
  const citus: typeof import("@strudel-agent/database/citus") = await import(
    pathToFileURL(join(folder, "dist/citus.mjs")).href
  )
  try {
    await citus.distribute({ url, directory: join(folder, "migrations"), dryRun: options.length > 0, say })
  } catch (error) {
    throw new Refusal(wordsFor(error))
  }
  return 0
}

/** What PostgreSQL or the system says, without a stack, which tells nothing of a database. */
function wordsFor(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error
  if (!(first instanceof Error)) return messageOf(first)
  const { message, detail, hint }: { message: string; detail?: string; hint?: string } = first
  return [message, detail, hint].filter(Boolean).join("\n")
}
