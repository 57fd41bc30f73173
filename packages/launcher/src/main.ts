import { codeOf } from "@strudel-agent/process/error-code"
import { run as bench } from "./commands/bench.ts"
import { run as build } from "./commands/build.ts"
import { run as cli } from "./commands/cli.ts"
import { run as conformance } from "./commands/conformance.ts"
import { run as dev } from "./commands/dev.ts"
import { run as faults } from "./commands/faults.ts"
import { run as mcp } from "./commands/mcp.ts"
import { run as newResource } from "./commands/new-resource.ts"
import { run as prisma } from "./commands/prisma.ts"
import { run as scale } from "./commands/scale.ts"
import { run as start } from "./commands/start.ts"
import { run as studio } from "./commands/studio.ts"
import { run as test } from "./commands/test.ts"
import { end } from "./ending.ts"
import { Refusal } from "./refusal.ts"
import { warn } from "./say.ts"

/** What `npm run …` accepts; each resolves to the exit code. */
const commands = new Map<string, (args: string[]) => Promise<number>>(
  Object.entries({
    ...{ start, dev, test, build, cli, mcp, conformance, studio, prisma, bench, scale, faults },
    "new-resource": newResource,
  }),
)

/** Runs a command by its name and ends the process with its exit code. */
export async function runCommand(name: string, args: string[]): Promise<void> {
  const command = commands.get(name)
  if (!command) {
    warn(`Usage: node scripts/run.mjs ${[...commands.keys()].join("|")}`)
    process.exit(2)
  }
  try {
    await end(await command(args))
  } catch (error) {
    warn(wordsFor(error))
    await end(1)
  }
}

const fileProblems = new Map([
  ["EACCES", "this user may not, so start as the one it belongs to"],
  ["EPERM", "this user may not, so start as the one it belongs to"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "the disk is full"],
])

function wordsFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof Refusal) return error.message
  const problem = "path" in error && fileProblems.get(codeOf(error) ?? "")
  return problem ? `Cannot write ${error.path}: ${problem}.` : (error.stack ?? error.message)
}
