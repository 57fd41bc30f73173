import { type ChildProcess, fork } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { startEmbedded } from "@strudel-agent/database/embedded"
import { migrate } from "@strudel-agent/database/migrate"
import autocannon from "autocannon"
import { measureHostile } from "./hostile/hostile.ts"
import { measureImport } from "./import-clips.ts"
import { measureLibrary } from "./library.ts"
import { longSession, seed } from "./seed.ts"

const rounds = 5
const secondsEach = 3
const connections = 8

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const paths: Record<string, { ours: string; peer?: string }> = {
  "page of 50 messages, REST, top": { ours: `/api/messages/${longSession}`, peer: `/api/messages/${longSession}` },
  "page of 50 messages, REST, middle": {
    ours: `/api/messages/${longSession}?before_index=50000`,
    peer: `/api/messages/${longSession}?before_index=50000`,
  },
  "50 sessions, REST": { ours: "/api/sessions", peer: "/api/sessions" },
  "50 clips, REST": { ours: "/api/clips?project_id=project-3", peer: "/api/clips?project_id=project-3" },
  "50 sessions, tRPC": { ours: "/trpc/session.list?input=%7B%7D", peer: "/api/sessions" },
  // The peer does not search: beside these stands what it takes to read fifty messages.
  ...Object.fromEntries(
    Object.entries({
      "search, a rare word": "77777",
      "search, a common word": "punchier kick",
      "search, code": 'sbd*4").gain(0.7',
      "search, a mistyped name": "clpi 4711",
    }).map(([name, q]) => [
      name,
      { ours: `/api/search?q=${encodeURIComponent(q)}`, peer: `/api/messages/${longSession}` },
    ]),
  ),
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address()
      const port = typeof address === "object" && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

async function start(script: string, env: Record<string, string>): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort()
  const child = fork(script, { env: { ...process.env, ...env, PORT: `${port}`, LOG_LEVEL: "silent" } })
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve())
    child.once("exit", (code) => reject(new Error(`${script} ended with ${code}`)))
  })
  return { url: `http://127.0.0.1:${port}`, child }
}

async function rate(url: string): Promise<number> {
  const result = await autocannon({ url, connections, duration: secondsEach })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url} failed ${result.non2xx + result.errors} times`)
  return result.requests.average
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

interface Place {
  /** The address of a migrated database. */
  database: string
  start(script: string): Promise<string>
}

/** Gives work a database of its own, and the servers that it starts; all of it goes when the work is done. */
async function withDatabase(work: (place: Place) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "strudel-agent-bench-"))
  const postgres = await startEmbedded({ dir })
  const children: ChildProcess[] = []
  try {
    const database = postgres.url()
    await migrate({ url: database, directory: here("../../prisma/migrations") })
    await work({
      database,
      async start(script) {
        const { url, child } = await start(script, { DATABASE_URL: database, HOST: "127.0.0.1" })
        children.push(child)
        return url
      },
    })
  } finally {
    for (const child of children) child.kill()
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

const named = process.argv.slice(2).filter((argument) => argument !== "--json")
/** Whether what was measured is printed for programs. */
const asJson = process.argv.includes("--json")

const server = here("../../apps/server/dist/main.mjs")
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** A thousand clips that are imported, and what others notice of it. */
const compareImport = () =>
  withDatabase(async ({ start }) => {
    for (const line of await measureImport(await start(server))) say(line)
  })

/** Requests a second beside a plain Node server; as a table, or as JSON. */
async function compareRates(ours: string, peer: string): Promise<void> {
  const tell = (line: string) => void (asJson || say(line))
  const measured: { name: string; ours: number; peer: number; ratio: number }[] = []
  tell(`${connections} connections, ${rounds} rounds of ${secondsEach} s in turn; requests a second, medians`)
  for (const [name, path] of Object.entries(paths)) {
    const rates: { ours: number; peer: number }[] = []
    for (let round = 0; round < rounds; round++) {
      rates.push({ ours: await rate(ours + path.ours), peer: await rate(peer + (path.peer ?? path.ours)) })
    }
    const ratio = median(rates.map(({ ours, peer }) => ours / peer))
    const [own, raw] = [median(rates.map(({ ours }) => ours)), median(rates.map(({ peer }) => peer))]
    measured.push({ name, ours: own, peer: raw, ratio })
    tell(
      `${name.padEnd(38)} ${own.toFixed(0).padStart(6)} of ${raw.toFixed(0).padStart(6)}   ratio ${ratio.toFixed(2)}`,
    )
  }
  if (asJson) say(JSON.stringify(measured))
}

const hostileUrl = named[0] === "hostile" ? named[1] : undefined
if (hostileUrl) process.exit((await measureHostile(hostileUrl, say)) ? 0 : 1)

const isWanted = (part: "import" | "rates" | "library"): boolean => named.length === 0 || named.includes(part)

if (isWanted("import")) await compareImport()
if (isWanted("rates") || isWanted("library")) {
  await withDatabase(async ({ database, start }) => {
    await seed(database)
    const ours = await start(server)
    const peer = await start(here("peer.mjs"))
    if (isWanted("rates")) await compareRates(ours, peer)
    if (isWanted("library")) await measureLibrary(ours, peer, asJson)
  })
}
