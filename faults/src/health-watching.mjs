// node health-watching.mjs <url>: asks a server for its health again and again and, when its parent says a word, tells
// how many milliseconds it waited for each answer since the last one. A process of its own, since one that sends
// megabytes is late for every answer.

import { Agent, get } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"

const url = new URL("/health", process.argv[2])
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
/** Milliseconds between an answer and the next question. */
const pause = 25

let waits = []
process.on("message", () => {
  process.send(waits)
  waits = []
})
process.on("disconnect", () => process.exit())

const ask = () =>
  new Promise((resolve) => {
    const request = get(url, { agent, timeout: 30_000 }, (response) => response.resume().once("close", resolve))
    request.once("error", resolve).once("timeout", () => request.destroy())
  })

for (;;) {
  const begin = performance.now()
  await ask()
  waits.push(performance.now() - begin)
  await sleep(pause)
}
