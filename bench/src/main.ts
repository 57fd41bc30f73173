import { type ChildProcess, fork } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { startEmbedded } from "@strudel-agent/database/embedded"
import { migrate } from "@strudel-agent/database/migrate"
import autocannon from "autocannon"
import { measureLibrary } from "./library.ts"
import { longSession, seed } from "./seed.ts"

const rounds = 5
const secondsEach = 3
const connections = 8

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const paths: Record<string, { ours: string; peer?: string }> = {
  "newest 50 messages of 100,000": { ours: `/api/messages/${longSession}`, peer: `/api/messages/${longSession}` },
  "50 messages in the middle of 100,000": {
    ours: `/api/messages/${longSession}?before_index=50000`,
    peer: `/api/messages/${longSession}?before_index=50000`,
  },
  "50 sessions": { ours: "/api/sessions", peer: "/api/sessions" },
  "50 clips of a project": { ours: "/api/clips?project_id=project-3", peer: "/api/clips?project_id=project-3" },
  "50 sessions by tRPC": { ours: "/trpc/session.list?input=%7B%7D", peer: "/api/sessions" },
  // The peer does not search: beside these stands what it takes to read fifty messages.
  ...Object.fromEntries(
    Object.entries({
      "search of a rare word": "77777",
      "search of a common word": "punchier kick",
      "search of code": 'sbd*4").gain(0.7',
      "search of a mistyped name": "clpi 4711",
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

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "strudel-agent-bench-"))
  const postgres = await startEmbedded({ dir })
  const children: ChildProcess[] = []
  try {
    await migrate({ url: postgres.url(), directory: here("../../prisma/migrations") })
    await seed(postgres.url())
    const env = { DATABASE_URL: postgres.url(), HOST: "127.0.0.1" }
    const ours = await start(here("../../apps/server/dist/main.mjs"), env)
    const peer = await start(here("peer.mjs"), env)
    children.push(ours.child, peer.child)
    // With "library" behind the command that part alone.
    const [wanted] = process.argv.slice(2)
    process.stdout.write(
      `${connections} connections, ${rounds} rounds of ${secondsEach} s in turn; requests a second, medians\n`,
    )
    for (const [name, path] of wanted === "library" ? [] : Object.entries(paths)) {
      const rates: { ours: number; peer: number }[] = []
      for (let round = 0; round < rounds; round++) {
        rates.push({ ours: await rate(ours.url + path.ours), peer: await rate(peer.url + (path.peer ?? path.ours)) })
      }
      const ratio = median(rates.map(({ ours, peer }) => ours / peer)).toFixed(2)
      const [own, raw] = [median(rates.map(({ ours }) => ours)), median(rates.map(({ peer }) => peer))]
      process.stdout.write(
        `${name.padEnd(38)} ${own.toFixed(0).padStart(6)} of ${raw.toFixed(0).padStart(6)}   ratio ${ratio}\n`,
      )
    }
    await measureLibrary(ours.url, peer.url)
  } finally {
    for (const child of children) child.kill()
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

await main()
