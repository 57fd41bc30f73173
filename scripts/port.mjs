import { createServer } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { Refusal } from "./refusal.mjs"
import { complain } from "./say.mjs"

const reasons = {
  EADDRINUSE: (host, port) => `Port ${port} on ${host} is in use: set PORT to another one.`,
  EACCES: (host, port) => `Port ${port} on ${host} is not allowed to this user: set PORT to another one.`,
  EADDRNOTAVAIL: (host) => `${host} is no address of this machine: set HOST to another one.`,
  ENOTFOUND: (host) => `${host} is no address of this machine: set HOST to another one.`,
}

/** Resolves to undefined if the port can be listened on, else to one line that says why not. */
export async function whyNotFree(host, port) {
  try {
    await listenBriefly(host, port)
    return undefined
  } catch (error) {
    return reasons[error.code]?.(host, port) ?? `Cannot listen on ${host}, port ${port}: ${error.message}`
  }
}

/** Resolves to a port on 127.0.0.1 that nobody listens on at this moment. */
export async function freePort() {
  return listenBriefly("127.0.0.1", 0)
}

/** Rejects with a refusal if the port is not free, after waiting for it up to some milliseconds. */
export async function requirePort(host, port, patience = 0) {
  const end = Date.now() + patience
  let isTold = false
  for (;;) {
    const reason = await whyNotFree(host, port)
    if (!reason) return
    if (Date.now() >= end) throw new Refusal(reason)
    if (!isTold) complain(`Waiting for port ${port}, which an earlier start may still hold…`)
    isTold = true
    await sleep(200)
  }
}

function listenBriefly(host, port) {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject)
    server.listen({ host, port, exclusive: true }, () => {
      const { port: taken } = server.address()
      server.close(() => resolve(taken))
    })
  })
}
