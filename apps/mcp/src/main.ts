import { ToolProblem } from "@strudel-agent/tools/advice"
import { readEnv, UsageError, usage } from "./env.ts"
import { serve } from "./serve.ts"

const { argv, env, stdin, stderr, stdout } = process
const log = (words: string) => stderr.write(`${words}\n`)

function start(): void {
  const stop = serve(readEnv(argv.slice(2), env), log)
  const end = () => void stop().finally(() => process.exit(0))
  stdin.on("end", end)
  stdin.on("close", end)
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end)
}

if (argv.includes("--help") || argv.includes("-h")) stdout.write(`${usage}\n`)
else {
  try {
    start()
  } catch (error) {
    const isUsage = error instanceof UsageError || error instanceof ToolProblem
    log(isUsage ? error.message : String(error))
    process.exitCode = isUsage ? 2 : 1
  }
}
