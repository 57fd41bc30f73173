import { randomUUID } from "node:crypto"
import { Agent } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import { parentPort, workerData } from "node:worker_threads"
import { timeRequest } from "./request-time.ts"

/** Milliseconds between two requests of the same kind. */
const pause = 25

export interface Waits {
  /** The longest wait for /health, and for a message to be stored, in milliseconds. */
  health: number
  append: number
}

/** What the thread is asked for: the longest waits since the last time, or the messages that were stored until its end. */
export type Asked = "take" | "stop"

const { url, sessionId }: { url: string; sessionId: string } = workerData
const agent = new Agent({ keepAlive: true, maxSockets: 2 })
let waits: Waits = { health: 0, append: 0 }
let stopped = false
let stored = 0

async function again(kind: keyof Waits, ask: () => Promise<{ status: number; milliseconds: number }>) {
  while (!stopped) {
    const { status, milliseconds } = await ask()
    if (status >= 300) throw new Error(`${kind} answered ${status}`)
    waits[kind] = Math.max(waits[kind], milliseconds)
    await sleep(pause)
  }
}

const working = Promise.all([
  again("health", () => timeRequest(`${url}/health`, { agent })),
  again("append", async () => {
    const body = JSON.stringify({
      messages: [{ role: "user", content: `Still here ${stored}`, client_id: randomUUID() }],
    })
    const answer = await timeRequest(`${url}/api/messages/${sessionId}`, { method: "POST", body, agent })
    stored += 1
    return answer
  }),
])

parentPort?.on("message", async (asked: Asked) => {
  if (asked === "take") {
    parentPort?.postMessage(waits)
    waits = { health: 0, append: 0 }
    return
  }
  stopped = true
  await working
  agent.destroy()
  parentPort?.postMessage(stored)
  parentPort?.close()
})
