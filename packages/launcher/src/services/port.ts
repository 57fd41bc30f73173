import { setTimeout as sleep } from "node:timers/promises"
import { codeOf, messageOf } from "@strudel-agent/process/error-code"
import { listenBriefly } from "@strudel-agent/process/free-port"
import { Refusal } from "../refusal.ts"
import { warn } from "../say.ts"

const noAddress = (host: string) => `${host} is no address of this machine: set HOST to another one.`
const reasons = new Map<string | undefined, (host: string, port: number) => string>([
  ["EADDRINUSE", (host, port) => `Port ${port} on ${host} is in use: set PORT to another one.`],
  ["EACCES", (host, port) => `Port ${port} on ${host} is not allowed to this user: set PORT to another one.`],
  ["EADDRNOTAVAIL", noAddress],
  ["ENOTFOUND", noAddress],
])

/** Resolves to undefined if the port can be listened on, else to one line that says why not. */
export async function whyNotFree(host: string, port: number): Promise<string | undefined> {
  try {
    await listenBriefly(host, port)
    return undefined
  } catch (error) {
    const reason = reasons.get(codeOf(error))
    return reason ? reason(host, port) : `Cannot listen on ${host}, port ${port}: ${messageOf(error)}`
  }
}

/** Rejects with a refusal if the port is not free, after waiting for it up to some milliseconds. */
export async function requirePort(host: string, port: number, timeout = 0): Promise<void> {
  const end = Date.now() + timeout
  for (let isAnnounced = false; ; isAnnounced = true) {
    const reason = await whyNotFree(host, port)
    if (!reason) return
    if (Date.now() >= end) throw new Refusal(reason)
    if (!isAnnounced) warn(`Waiting for port ${port}, which an earlier start may still hold…`)
    await sleep(200)
  }
}
