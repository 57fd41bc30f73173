import { end } from "./ending.mjs"
import { Refusal } from "./refusal.mjs"
import { complain } from "./say.mjs"

/** What `npm run …` accepts; each module exports `run(args)`, which resolves to the exit code. */
const commands = {
  start: () => import("./start.mjs"),
  dev: () => import("./dev.mjs"),
  test: () => import("./test.mjs"),
  cli: () => import("./cli.mjs"),
  mcp: () => import("./mcp.mjs"),
  conformance: () => import("./conformance.mjs"),
  studio: () => import("./studio.mjs"),
  prisma: () => import("./prisma.mjs"),
  bench: () => import("./bench.mjs"),
  scale: () => import("./scale.mjs"),
  faults: () => import("./faults.mjs"),
  "new-resource": () => import("./new-resource.mjs"),
}

/** Runs a command by its name and ends the process with its exit code. */
export async function runCommand([name, ...args]) {
  if (!Object.hasOwn(commands, name ?? "")) {
    complain(`Usage: node scripts/run.mjs ${Object.keys(commands).join("|")}`)
    process.exit(2)
  }
  try {
    const command = await commands[name]()
    await end(await command.run(args))
  } catch (error) {
    complain(wordsFor(error))
    await end(1)
  }
}

const fileProblems = {
  EACCES: "this user may not, so start as the one it belongs to",
  EPERM: "this user may not, so start as the one it belongs to",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
}

function wordsFor(error) {
  if (error instanceof Refusal) return error.message
  const problem = error.path && fileProblems[error.code]
  return problem ? `Cannot write ${error.path}: ${problem}.` : error.stack
}
