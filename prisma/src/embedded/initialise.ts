import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chownSync, existsSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { isAlive } from "@strudel-agent/process/is-alive"
import { type Cluster, environment } from "./cluster.ts"
import { makePrivate } from "./place.ts"

const defaultType: Partial<Record<NodeJS.Platform, string>> = { linux: "C.UTF-8", darwin: "en_US.UTF-8" }

/**
 * Creates the data folder unless it is there, and tells whether it did: beside its place first and moved there when it
 * is complete, so that an interrupted initialisation leaves nothing that looks like data.
 */
export async function initialise(cluster: Cluster): Promise<boolean> {
  const { dataDir } = cluster
  if (isInitialised(cluster)) return false
  removeLeftovers(dataDir)
  const draft = `${dataDir}.init-${process.pid}-${randomBytes(4).toString("hex")}`
  try {
    await runInitdb(cluster, draft)
    if (existsSync(dataDir)) rmdirSync(dataDir)
    renameSync(draft, dataDir)
    return true
  } catch (error) {
    // A second start may have moved its data there first.
    if (isInitialised(cluster)) return false
    throw error
  } finally {
    rmSync(draft, { recursive: true, force: true, maxRetries: 5 })
  }
}

function isInitialised({ dataDir, binaries }: Cluster): boolean {
  const file = join(dataDir, "PG_VERSION")
  if (!existsSync(file)) return false
  const major = Number(readFileSync(file, "utf8"))
  if (major !== binaries.major) {
    throw new Error(
      `${dataDir} was written by PostgreSQL ${major}, but PostgreSQL ${binaries.major} is installed: ` +
        "export with the version that wrote it, or move the data away to start empty",
    )
  }
  return true
}

async function runInitdb(cluster: Cluster, target: string): Promise<void> {
  const { binaries, account, ephemeral } = cluster
  const passwordFile = `${target}.password`
  makePrivate(target, account)
  try {
    writeFileSync(passwordFile, `${cluster.password}\n`, { mode: 0o600, flag: "wx" })
    if (account.uid !== undefined && account.gid !== undefined) chownSync(passwordFile, account.uid, account.gid)
    const args = ["-D", target, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8"]
    args.push("--locale=C", "--no-instructions", ...(ephemeral ? ["--no-sync"] : []))
    // From 17 on PostgreSQL itself knows Unicode's upper and lower case; before, the operating system has to.
    if (binaries.major >= 17) args.push("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    const characters = defaultType[process.platform]
    const first = await run(cluster, characters ? [...args, `--lc-ctype=${characters}`] : args)
    if (first.code === 0) return
    const second = first.output.includes("invalid locale name") ? await run(cluster, args) : first
    if (second.code !== 0) throw new Error(`cannot initialise ${cluster.dataDir}: ${second.output.trim()}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function run(
  { binaries, account, dataDir }: Cluster,
  args: string[],
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const options = { ...account, cwd: dirname(dataDir), env: environment(), windowsHide: true }
    const child = spawn(binaries.initdb, args, { ...options, stdio: ["ignore", "ignore", "pipe"] })
    let output = ""
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, output }))
  })
}

function removeLeftovers(dataDir: string): void {
  const parent = dirname(dataDir)
  const prefix = `${basename(dataDir)}.init-`
  for (const name of readdirSync(parent)) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN
    if (Number.isInteger(owner) && !isAlive(owner)) {
      rmSync(join(parent, name), { recursive: true, force: true, maxRetries: 5 })
    }
  }
}
