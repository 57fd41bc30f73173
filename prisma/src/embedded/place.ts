import { createHash, randomBytes } from "node:crypto"
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs"
import { dirname, join, resolve } from "node:path"
import { type Account, canEnter } from "./account.ts"
import { dataDirOf, readState } from "./state.ts"

/** Where root keeps what an unprivileged user has to reach although the project lies below a closed folder. */
const reachable = "/var/lib/strudel-agent"

/** Makes the folder of the state file: for its owner alone, or, made by root, open to walk through but not to list. */
export function makeFolder(dir: string): void {
  if (statSync(dir, { throwIfNoEntry: false })) return
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (process.getuid?.() === 0) chmodSync(dir, 0o711)
}

/** Returns where to put data: inside the folder, or, where the account cannot enter it, below a root-owned place. */
export function choosePlace(dir: string, account: Account): string {
  if (canEnter(account, dir)) return "postgres"
  const name = createHash("sha256").update(resolve(dir)).digest("hex").slice(0, 16)
  // Data left behind by an earlier database of the same folder is never reused.
  return join(openFolder("data"), `${name}-${randomBytes(4).toString("hex")}`, "postgres")
}

/** Makes the folder around the data, which holds it and the leftovers of an interrupted initialisation. */
export function makeParent(parent: string): void {
  if (statSync(parent, { throwIfNoEntry: false })) return
  mkdirSync(parent, { mode: 0o711 })
  chmodSync(parent, 0o711)
}

/** Makes a folder that belongs to an account alone. */
export function makePrivate(path: string, { uid, gid }: Account): void {
  mkdirSync(path, { mode: 0o700 })
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

/** Gives root's own data, which PostgreSQL could not use and a copy made by root leaves behind, to an account. */
export function handOver(dataDir: string, { uid, gid }: Account): void {
  if (uid === undefined || gid === undefined || statSync(dataDir, { throwIfNoEntry: false })?.uid !== 0) return
  for (const name of readdirSync(dataDir, { recursive: true, encoding: "utf8" }))
    lchownSync(join(dataDir, name), uid, gid)
  chownSync(dataDir, uid, gid)
}

/** Makes and returns a folder below the reachable place that everybody may walk through and only root may list. */
export function openFolder(name: string): string {
  for (const folder of [reachable, join(reachable, name)]) {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o711)
  }
  return join(reachable, name)
}

/** Removes the data of a stopped embedded database, its state and its log, and the folder if nothing else is in it. */
export function removeEmbedded(dir: string): void {
  const state = readState(dir)
  if (state) {
    const dataDir = dataDirOf(dir, state)
    rmSync(dataDir.startsWith(reachable) ? dirname(dataDir) : dataDir, { recursive: true, force: true })
  }
  for (const name of ["database.json", "postgres.log", "postgres.log.1"]) rmSync(join(dir, name), { force: true })
  if (existsSync(dir) && readdirSync(dir).length === 0) rmdirSync(dir)
}
