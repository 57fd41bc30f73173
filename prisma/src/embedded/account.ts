import { spawnSync } from "node:child_process"
import { type Stats, statSync } from "node:fs"

/** Whom PostgreSQL runs as: empty for the user of this process. */
export interface Account {
  uid?: number
  gid?: number
}

/**
 * Returns the owner of existing data; without data the user of this process, and for root, as which PostgreSQL
 * refuses to run, `postgres` or else `nobody`. Throws when the data belongs to somebody this process cannot become.
 */
export function accountFor(dataDir: string): Account {
  const me = process.getuid?.()
  if (me === undefined) return {}
  const owner = statSync(dataDir, { throwIfNoEntry: false })
  if (me !== 0) return refuseStrangers(dataDir, owner, me)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of ["postgres", "_postgres", "nobody"]) {
    const uid = idOf("-u", name)
    const gid = idOf("-g", name)
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error("PostgreSQL does not run as root, and there is neither a user `postgres` nor `nobody` to run it as")
}

/** Tells whether an account may enter a folder, or run a program, as far as the file system lets it. */
export function canEnter(account: Account, path: string): boolean {
  return account.uid === undefined || spawnSync("/bin/sh", ["-c", 'test -x "$0"', path], account).status === 0
}

function refuseStrangers(dataDir: string, owner: Stats | undefined, me: number): Account {
  if (owner && owner.uid !== me) {
    throw new Error(`${dataDir} belongs to the user with id ${owner.uid}: start as that user or as root`)
  }
  return {}
}

function idOf(kind: "-u" | "-g", name: string): number | undefined {
  const { status, stdout } = spawnSync("id", [kind, name], { encoding: "utf8" })
  // macOS prints the id of nobody unsigned, which is out of range for spawn.
  return status === 0 ? Number(stdout) | 0 : undefined
}
