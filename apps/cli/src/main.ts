import module from "node:module"
import manifest from "../package.json" with { type: "json" }

const { stdin, stdout, stderr, env } = process

/** The reader of the output went away, as `head` does: there is nobody to tell anything. */
const endQuietly = (error: NodeJS.ErrnoException): void => {
  if (error.code !== "EPIPE") throw error
  process.exit(0)
}
stdout.on("error", endQuietly)
stderr.on("error", endQuietly)

const interruption = new AbortController()
let endsInOrder = false
let isQuiet = false
/** Whether another program has the terminal, such as an editor: it answers what is typed there itself. */
let isLent = false
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (isLent && signal === "SIGINT") return
    if (!endsInOrder || interruption.signal.aborted) process.exit(130)
    interruption.abort()
    if (!isQuiet) stderr.write("\nStopping after the call that is under way; once more stops at once.\n")
  })
}

const argv = process.argv.slice(2)
const [only, ...others] = argv
if (others.length === 0 && (only === "--version" || only === "-V")) {
  // Asked by scripts at every start: the commands need not be loaded for it.
  stdout.write(`${manifest.version}\n`)
} else {
  // What was compiled once is read the next time, by a Node.js that can: 20 cannot.
  module.enableCompileCache?.()
  // The scripts are small and their names short; a stack is to be read all the same.
  if (env.DEBUG?.includes("strudel")) process.setSourceMapsEnabled(true)
  const { main } = await import("./command-line.ts")
  process.exitCode = await main(argv, {
    stdin,
    stdout,
    stderr,
    env,
    cwd: process.cwd(),
    interruption: ({ quietly = false } = {}) => {
      endsInOrder = true
      isQuiet = quietly
      return interruption.signal
    },
    async lendTerminal<T>(work: () => Promise<T>): Promise<T> {
      const ignore = () => {}
      isLent = true
      process.on("SIGQUIT", ignore)
      try {
        return await work()
      } finally {
        isLent = false
        process.off("SIGQUIT", ignore)
      }
    },
  })
}
