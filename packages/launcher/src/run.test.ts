import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { isAlive } from "@strudel-agent/process/is-alive"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { testEnvironment } from "./environment.ts"
import type { Command } from "./package-manager.ts"
import { stampFile } from "./prepare.ts"
import { makeStubProject } from "./testing/stub-project.ts"
import { until, untilEnded } from "./testing/waiting.ts"

interface Started {
  child: ChildProcess
  output: string
  ended: Promise<unknown[]>
}

/** What a stub answers: the server all but the last, the web app that one. */
interface Facts {
  pid: number
  web: string
  secret: string
  server: string
}

let project: ReturnType<typeof makeStubProject>
let launched: Started[] = []
/** The processes that launchers told of. */
let served: number[] = []

beforeAll(() => {
  project = makeStubProject()
})

afterEach(async () => {
  for (const { child } of launched) child.kill("SIGKILL")
  launched = []
  await untilEnded(served)
  served = []
})

afterAll(() => project.remove())

/** Starts a command in the stub project; `output` is what it said so far, `ended` resolves to its code and signal. */
function launch([program, ...args]: Command, env: NodeJS.ProcessEnv = {}): Started {
  const { npm_lifecycle_script, npm_execpath, INIT_CWD, ...rest } = testEnvironment()
  const child = spawn(program, args, {
    cwd: project.root,
    env: { ...rest, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const started: Started = { child, output: "", ended: once(child, "close") }
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      started.output += chunk
    })
  }
  launched.push(started)
  return started
}

const run = (args: string[], env?: NodeJS.ProcessEnv) => launch([process.execPath, "scripts/run.mjs", ...args], env)
const start = (env?: NodeJS.ProcessEnv) => run(["start"], env)

async function ask(url: string, headers: Record<string, string> = {}): Promise<Facts> {
  const response = await fetch(url, { headers: { connection: "close", ...headers } })
  const facts: Facts = JSON.parse(await response.text())
  return facts
}

/** Waits until a start is done; resolves to the address and the processes behind it. */
async function whenReady(started: Started): Promise<{ url: string; server: number; web: number }> {
  await until(() => {
    expect(started.child.exitCode, started.output).toBe(null)
    return /^Ready: /m.test(started.output)
  })
  const url = /^Ready: (.*)$/m.exec(started.output)?.[1] ?? ""
  return { url, ...(await processesBehind(url)) }
}

async function processesBehind(url: string): Promise<{ server: number; web: number }> {
  const server = await ask(url)
  const web = await ask(server.web, { "x-strudel-front-door": server.secret })
  served.push(server.pid, web.pid)
  expect(web.server).toBe(url)
  return { server: server.pid, web: web.pid }
}

test("a start serves and says where in its last line; SIGTERM ends all of it well", async () => {
  const started = start()
  const { server, web } = await whenReady(started)
  expect(started.output).toMatch(/\nReady: http:\/\/127\.0\.0\.1:\d+\n$/)
  started.child.kill("SIGTERM")
  expect(await started.ended).toEqual([0, null])
  expect([isAlive(server), isAlive(web)]).toEqual([false, false])
  expect(existsSync(join(project.root, ".data/launcher.json"))).toBe(false)
})

/** The agent's process, once it said where it is. */
async function agentBehind(url: string, former?: number): Promise<number> {
  const file = join(project.root, ".data/agent.json")
  const told = (): Partial<Facts & { url: string }> =>
    existsSync(file) ? JSON.parse(readFileSync(file, "utf8") || "{}") : {}
  await until(() => told().url === url && told().pid !== former)
  const { pid = 0 } = told()
  served.push(pid)
  return pid
}

test("the agent runs beside the server, is started again when it dies, and ends with the rest", async () => {
  const started = start()
  const { url } = await whenReady(started)
  const first = await agentBehind(url)
  process.kill(first, "SIGKILL")
  const second = await agentBehind(url, first)
  started.child.kill("SIGTERM")
  expect(await started.ended).toEqual([0, null])
  expect(isAlive(second)).toBe(false)
})

test("an agent that does not start is told of, and everything else runs", async () => {
  const started = start({ STUB_AGENT_FAILS: "1" })
  await whenReady(started)
  await until(() => started.output.includes("The agent did not start"))
  started.child.kill("SIGTERM")
  expect(await started.ended).toEqual([0, null])
})

test("Ctrl-C that arrives twice, from the terminal and from npm, is one request", async () => {
  const started = start()
  await whenReady(started)
  started.child.kill("SIGINT")
  await sleep(20)
  started.child.kill("SIGINT")
  expect(await started.ended).toEqual([0, null])
})

test("a second start of the same says where it runs, one at another port does not run", async () => {
  const first = start()
  const { url } = await whenReady(first)
  const second = start()
  expect(await second.ended).toEqual([0, null])
  expect(second.output).toBe(`Already running: ${url}\n`)
  const third = start({ PORT: "1" })
  expect(await third.ended).toEqual([1, null])
  expect(third.output).toMatch(new RegExp(`^Already running at ${url} \\(process ${first.child.pid}\\): stop it first`))
})

test("a start right after the end of another waits for it", async () => {
  const first = start()
  const { web } = await whenReady(first)
  process.kill(web, "SIGSTOP")
  first.child.kill("SIGTERM")
  const second = start()
  await sleep(500)
  process.kill(web, "SIGCONT")
  expect(await first.ended).toEqual([0, null])
  await whenReady(second)
})

test("a busy port is named before anything is installed or built", async () => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  const before = readFileSync(join(project.root, stampFile), "utf8")
  const started = start({ PORT: String(port) })
  expect(await started.ended).toEqual([1, null])
  expect(started.output).toBe(`Port ${port} on 127.0.0.1 is in use: set PORT to another one.\n`)
  expect(readFileSync(join(project.root, stampFile), "utf8")).toBe(before)
  server.close()
})

test("a server that cannot start ends the start with the server's words", async () => {
  const started = start({ STUB_FAILS: "1" })
  expect(await started.ended).toEqual([1, null])
  expect(started.output).toMatch(/\nThe stub cannot start\.\nThe server did not start \(exit code 1\)\.\n$/)
})

test("a server or web app that is killed is started again, and found where it was", async () => {
  const started = start()
  const { url, server, web } = await whenReady(started)
  process.kill(server, "SIGKILL")
  await until(() => started.output.includes("The server runs again."))
  process.kill(web, "SIGKILL")
  await until(() => started.output.includes("The web app runs again."))
  const again = await processesBehind(url)
  expect(again.server).not.toBe(server)
  expect(again.web).not.toBe(web)
})

test("a server and a web app that do not answer any more are killed and started again", async () => {
  const started = start()
  const { url, server, web } = await whenReady(started)
  for (const pid of [server, web]) process.kill(pid, "SIGSTOP")
  for (const name of ["server", "web app"]) {
    await until(() => started.output.includes(`The ${name} runs again.`), 60)
    expect(started.output).toMatch(new RegExp(`The ${name} has not answered for \\d+ s: killing it\\.`))
  }
  const again = await processesBehind(url)
  expect(again.server).not.toBe(server)
  expect(again.web).not.toBe(web)
})

test("the web app answers nobody but the front door", async () => {
  const { url } = await whenReady(start())
  const { web, secret } = await ask(url)
  expect(secret.length >= 32).toBe(true)
  const wrong = `${secret.slice(0, -1)}x`
  for (const headers of [{}, { "x-strudel-front-door": wrong }, { authorization: `Bearer ${secret}` }]) {
    const { status } = await fetch(web, { headers: { connection: "close", ...headers } })
    expect(status).toBe(403)
  }
})

test("a host beyond this machine needs a token, or a word that it shall do without", async () => {
  for (const HOST of ["0.0.0.0", "::", "192.0.2.1", "0"]) {
    const refused = start({ HOST })
    expect(await refused.ended).toEqual([1, null])
    expect(refused.output).toMatch(
      new RegExp(`^HOST is ${HOST}: .*STRUDEL_TOKEN=… npm start.*STRUDEL_ALLOW_NO_TOKEN=true`),
    )
  }
  const short = start({ HOST: "0.0.0.0", STRUDEL_TOKEN: "short" })
  expect(await short.ended).toEqual([1, null])
  expect(short.output).toBe("STRUDEL_TOKEN has 5 characters, but it needs 16 or more.\n")
  for (const env of [{ STRUDEL_TOKEN: "sixteen-letters-or-more" }, { STRUDEL_ALLOW_NO_TOKEN: "true" }]) {
    const started = start({ HOST: "0.0.0.0", ...env })
    await until(() => /^Ready: /m.test(started.output))
    started.child.kill("SIGTERM")
    expect(await started.ended).toEqual([0, null])
  }
  for (const HOST of ["localhost", "127.0.0.2"]) {
    const started = start({ HOST })
    await until(() => /^Ready: /m.test(started.output))
    started.child.kill("SIGTERM")
    expect(await started.ended).toEqual([0, null])
  }
})

test("what a killed launcher started ends by itself, and the next start works", async () => {
  const started = start()
  const { server, web } = await whenReady(started)
  started.child.kill("SIGKILL")
  await untilEnded([server, web])
  await whenReady(start())
})

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  test(`${signal} to npm alone ends what it started`, async () => {
    const started = launch(["npm", "start"])
    const { server, web } = await whenReady(started)
    started.child.kill(signal)
    await untilEnded([server, web])
    await until(() => !existsSync(join(project.root, ".data/launcher.json")))
  })
}

test("settings are read from .env, and what the environment has wins", async () => {
  const file = join(project.root, ".env")
  writeFileSync(file, "PORT=abc\n")
  const misled = run(["start"], { PORT: undefined })
  expect(await misled.ended).toEqual([1, null])
  expect(misled.output).toBe('PORT is "abc", but a port is a whole number from 0 to 65535.\n')
  await whenReady(start({ PORT: "0" }))
  writeFileSync(file, "")
})

test("the command line runs where the user is, with the user's words, and answers with its exit code", async () => {
  const started = run(["cli", "import", "./a b", "--json"], { INIT_CWD: join(project.root, "apps"), PORT: "3999" })
  expect(await started.ended).toEqual([0, null])
  expect(JSON.parse(started.output)).toEqual({
    args: ["import", "./a b", "--json"],
    cwd: join(project.root, "apps"),
    url: "http://127.0.0.1:3999",
  })
  expect(await run(["cli", "fail"]).ended).toEqual([3, null])
})

test("the command line finds the running server", async () => {
  const { url } = await whenReady(start())
  const started = run(["cli"])
  await started.ended
  expect(JSON.parse(started.output).url).toBe(url)
})

test("a Node that is too old is named", async () => {
  const older = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.18.3"}})'
  const started = launch([process.execPath, "--import", older, "scripts/run.mjs", "start"])
  expect(await started.ended).toEqual([1, null])
  expect(started.output).toBe("Node 20.19 or later is needed, but this is Node 20.18.3.\n")
})

test("an unknown command is told the known ones", async () => {
  const started = run(["toString"])
  expect(await started.ended).toEqual([2, null])
  expect(started.output).toMatch(/^Usage: node scripts\/run\.mjs start\|dev\|test\|build\|cli\|[a-z|-]+\n$/)
})
