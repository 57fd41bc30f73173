import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync, readlinkSync } from "node:fs"

export interface ListeningSocket {
  pid: number
  address: string
  port: number
}

/** A process and all that it started, directly or not. */
export function processTree(root: number): number[] {
  const lines = execFileSync("ps", ["-axo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n")
  const parents = lines.map((line) => line.trim().split(/\s+/).map(Number))
  const tree = [root]
  for (const pid of tree) tree.push(...parents.flatMap(([child = 0, parent]) => (parent === pid ? [child] : [])))
  return tree
}

/** Every TCP socket on which these processes listen, each once. */
export function listeningSockets(pids: number[]): ListeningSocket[] {
  return process.platform === "linux" ? socketsOfLinux(pids) : socketsByLsof(pids)
}

function socketsOfLinux(pids: number[]): ListeningSocket[] {
  const found = new Map<string, ListeningSocket>()
  for (const pid of pids) {
    const inodes = new Set(inodesOf(pid))
    for (const file of ["tcp", "tcp6"]) {
      for (const line of readFileSync(`/proc/${pid}/net/${file}`, "utf8").split("\n").slice(1)) {
        const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/)
        const [address = "", port = ""] = local.split(":")
        if (state !== "0A" || !inodes.has(inode) || found.has(inode)) continue
        found.set(inode, { pid, address: addressOf(address), port: Number.parseInt(port, 16) })
      }
    }
  }
  return [...found.values()]
}

function inodesOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
    } catch {
      // It was closed in the meantime.
      return []
    }
  })
}

/** As the kernel writes it: in words of four bytes, each of which is the other way around. */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse())
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join(".")
  return new URL(`http://[${bytes.join("").replace(/(.{4})(?=.)/g, "$1:")}]`).hostname
}

function socketsByLsof(pids: number[]): ListeningSocket[] {
  const args = ["-nP", "-a", "-iTCP", "-sTCP:LISTEN", "-p", pids.join(","), "-Fpn"]
  let pid = 0
  return execFileSync("lsof", args, { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      if (line.startsWith("p")) pid = Number(line.slice(1))
      const [, address, port] = /^n(.*):(\d+)$/.exec(line) ?? []
      return address === undefined ? [] : [{ pid, address, port: Number(port) }]
    })
}
