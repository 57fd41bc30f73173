import { readFile } from "node:fs/promises"
import { parentPort } from "node:worker_threads"
import { nameOfThread } from "./cpu-clock.ts"
import { describe } from "./describe.ts"
import { startMachine } from "./machine.ts"
import type { Reply, Request } from "./protocol.ts"

const port = parentPort
if (!port) throw new Error("This file runs in a worker thread alone")

const [engine, wasm] = await Promise.all([
  readFile(new URL("engine.js", import.meta.url), "utf8"),
  readFile(new URL("quickjs.wasm", import.meta.url)),
])
const machine = await startMachine({ engine, wasm: new Uint8Array(wasm) })

const reply = (message: Reply) => port.postMessage(message)

port.on("message", ({ id, describe: isDescribed, ...analysis }: Request) => {
  try {
    const answer = machine.analyse(analysis)
    reply({ type: "answer", id, json: JSON.stringify(isDescribed ? describe(answer) : answer) })
  } catch {
    reply({ type: "broken", id })
  }
})
reply({ type: "ready", thread: nameOfThread() })
