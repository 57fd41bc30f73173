import { randomUUID } from "node:crypto"
import { Agent, request } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"

/** Milliseconds between two requests of the same kind. */
const pause = 25

export interface Waits {
  /** The longest wait for /health, and for a message to be stored, in milliseconds. */
  health: number
  append: number
}

/** Sends a request and resolves, once the answer was read to its end, to its status and the milliseconds that took. */
export function timeRequest(
  url: string,
  { method = "GET", body, agent }: { method?: string; body?: string; agent?: Agent } = {},
): Promise<{ status: number; milliseconds: number; text: string }> {
  return new Promise((resolve, reject) => {
    const begun = performance.now()
    const headers = body === undefined ? {} : { "content-type": "application/json" }
    const sent = request(url, { method, headers, ...(agent ? { agent } : {}) }, (response) => {
      const parts: Buffer[] = []
      response.on("data", (part: Buffer) => parts.push(part))
      response.on("error", reject)
      response.on("end", () => {
        const text = Buffer.concat(parts).toString()
        resolve({ status: response.statusCode ?? 0, milliseconds: performance.now() - begun, text })
      })
    })
    sent.on("error", reject)
    sent.end(body)
  })
}

/** Asks a server for its health and stores messages, one after the other, and keeps the longest waits. */
export function watch(url: string, sessionId: string) {
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

  return {
    /** The longest waits since this was last asked. */
    take(): Waits {
      const taken = waits
      waits = { health: 0, append: 0 }
      return taken
    },
    /** Stops and resolves to how many messages were stored; rejects if a request failed. */
    async stop(): Promise<number> {
      stopped = true
      await working
      agent.destroy()
      return stored
    },
  }
}
