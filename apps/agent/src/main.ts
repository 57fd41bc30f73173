import { pino } from "pino"
import { readEnv } from "./env.ts"
import { startWorker } from "./worker.ts"

const { env, stderr } = process

function start(): void {
  const { url, token, dataDir, logLevel, modelProblem } = readEnv(env)
  const log = pino({ level: logLevel, base: null }, pino.destination({ dest: 1, sync: true }))
  const worker = startWorker({ url, token, dataDir, environment: env, log })
  let isStopping = false
  const stop = async (why: string) => {
    if (isStopping) return
    isStopping = true
    log.info({ why }, "stopping")
    await worker.stop()
    process.exit(0)
  }
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void stop(signal))
  // The launcher's end closes the channel, however it ended.
  process.on("disconnect", () => void stop("the launcher is gone"))
  process.send?.({ type: "ready", url })
  log.info({ url, worker: worker.name }, "ready")
  if (modelProblem) log.error({ problem: modelProblem }, "no model can be asked")
}

try {
  start()
} catch (error) {
  stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
