import { createInterface } from "node:readline"
import { panicMessage } from "./engine.mjs"
import { writeLog } from "./log.mjs"

const internalError = 4466
/** Ids of our own notifications, out of the way of the caller's. */
let nextPrintId = 1_000_000

/** Answers JSON-RPC requests, one a line, one after another, until standard input ends. */
export async function serve(engine) {
  let current
  const fail = async (error) => {
    const message = panicMessage() ?? error?.stack ?? String(error)
    writeLog("ERROR", message)
    if (current !== undefined) write({ id: current, error: rpcError(message) })
    await engine.disposeShadows()
    process.exit(1)
  }
  const leave = async () => {
    await engine.disposeShadows()
    process.exit(1)
  }
  process.on("uncaughtException", fail).on("unhandledRejection", fail).once("SIGINT", leave).once("SIGTERM", leave)
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = parse(line)
    if (!method) continue
    current = id
    await answer(engine, { id, method, params })
    current = undefined
  }
  await engine.disposeShadows()
}

async function answer(engine, { id, method, params }) {
  try {
    write({ id, result: await run(engine, method, params) })
  } catch (error) {
    const cause = engine.causeOf(error)
    const message = cause?.cause?.originalMessage ?? cause?.message ?? String(cause)
    write({ id, error: rpcError(message, error?.code, error?.meta) })
  }
}

/** The CLI waits for what a diff prints as a notification, not in the result. */
async function run(engine, method, params) {
  const result = await engine.call(method, params)
  if (method !== "diff") return result ?? {}
  if (typeof result.stdout === "string")
    write({ id: nextPrintId++, method: "print", params: { content: result.stdout } })
  return { exitCode: result.exitCode, stdout: null }
}

function rpcError(message, code, meta) {
  const data = { is_panic: false, message, meta: meta ?? null, ...(code ? { error_code: code } : {}) }
  return { code: internalError, message, data }
}

function parse(line) {
  try {
    return JSON.parse(line)
  } catch {
    return {}
  }
}

function write(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`)
}
