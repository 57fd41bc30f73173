import { lookup } from "node:dns/promises"
import { BlockList, isIP } from "node:net"
import { Refusal } from "./refusal.mjs"

const loopback = new BlockList()
loopback.addSubnet("127.0.0.0", 8, "ipv4")
loopback.addAddress("::1", "ipv6")

const shortestToken = 16

/**
 * Rejects with a refusal where others than this machine would reach the server without a token, unless that is wanted,
 * and where the token is too short for the server.
 */
export async function refuseOpenHost(host, { STRUDEL_TOKEN: token, STRUDEL_ALLOW_NO_TOKEN: isAllowed } = process.env) {
  if (token && token.length < shortestToken) {
    throw new Refusal(`STRUDEL_TOKEN has ${token.length} characters, but it needs ${shortestToken} or more.`)
  }
  if (token || isAllowed === "true" || isAllowed === "1") return
  if (await isLoopback(host)) return
  throw new Refusal(
    `HOST is ${host}: others than this machine reach the server there, and without a token all of them may read and ` +
      "write everything. Start it with STRUDEL_TOKEN=… npm start (16 characters or more), or, where something else " +
      "keeps them out, with STRUDEL_ALLOW_NO_TOKEN=true.",
  )
}

/** Whether all that a name or an address stands for is this machine alone; one that stands for nothing is told later. */
async function isLoopback(host) {
  const addresses = isIP(host) ? [host] : await lookup(host, { all: true }).then(addressesOf, () => [])
  return addresses.every((address) => loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4"))
}

const addressesOf = (found) => found.map(({ address }) => address)
