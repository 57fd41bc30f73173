import { readFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { parentPort } from "node:worker_threads"
import { mentionsTunings, type Tunings, tuningsIn } from "../tunings.ts"
import { TuningsArchive } from "../tunings-archive.ts"
import { nameOfThread } from "./cpu-clock.ts"
import { describe } from "./describe.ts"
import { startMachine } from "./machine.ts"
import type { Reply, Request } from "./protocol.ts"

const port = parentPort
if (!port) throw new Error("This file runs in a worker thread alone")

let archive: Tunings | undefined

/** The archive is read when a clip first asks for it. */
function tuningsOf(code: string): Tunings {
  if (!mentionsTunings(code)) return {}
  archive ??= TuningsArchive.parse(JSON.parse(readFileSync(new URL("tunings.json", import.meta.url), "utf8")))
  return tuningsIn(code, archive)
}

const [engine, host, wasm] = await Promise.all([
  readFile(new URL("engine.js", import.meta.url), "utf8"),
  readFile(new URL("host-of-quickjs.js", import.meta.url), "utf8"),
  readFile(new URL("quickjs.wasm", import.meta.url)),
])
const machine = await startMachine({ engine, host, wasm: new Uint8Array(wasm), tuningsOf })

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
