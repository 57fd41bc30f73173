import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { after, afterEach, before, test } from "node:test"
import { setTimeout as sleep } from "node:timers/promises"
import { testEnvironment } from "./environment.mjs"
import { isAlive } from "./lock.mjs"
import { makeStubProject } from "./stub-project.mjs"

let project
let launched = []
/** The processes that launchers told of. */
let served = []

before(() => {
  project = makeStubProject()
})

afterEach(async () => {
  for (const { child } of launched) child.kill("SIGKILL")
  launched = []
  await untilEnded(served)
  served = []
})

after(() => project.remove())

async function until(condition, seconds = 60) {
  const end = Date.now() + seconds * 1000
  while (!(await condition())) {
    assert.ok(Date.now() < end, `waited ${seconds} s in vain`)
    await sleep(20)
  }
}

const untilEnded = (pids) => until(() => pids.every((pid) => !isAlive(pid)))

/** Starts a command in the stub project; `output` is what it said so far, `ended` resolves to its code and signal. */
function launch(command, { env, cwd = project.root } = {}) {
  const { npm_lifecycle_script, INIT_CWD, ...rest } = testEnvironment()
  const child = spawn(command[0], command.slice(1), {
    cwd,
    env: { ...rest, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const started = { child, output: "", ended: once(child, "close") }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      started.output += chunk
    })
  }
  launched.push(started)
  return started
}

const run = (name, options) => launch([process.execPath, join(project.root, "scripts/run.mjs"), name], options)
const start = (env) => run("start", { env })
const npmStart = () => launch(["npm", "start"])

const ask = async (url, headers) => (await fetch(url, { headers: { connection: "close", ...headers } })).json()

/** Waits until a start is done; resolves to the address and the processes behind it. */
async function whenReady(started) {
  await until(() => {
    assert.equal(started.child.exitCode, null, started.output)
    return /^Ready: /m.test(started.output)
  })
  const url = /^Ready: (.*)$/m.exec(started.output)[1]
  return { url, ...(await processesBehind(url)) }
}

async function processesBehind(url) {
  const server = await ask(url)
  const web = await ask(server.web, { "x-strudel-front-door": server.secret })
  served.push(server.pid, web.pid)
  assert.equal(web.server, url)
  return { server: server.pid, web: web.pid }
}

test("a start serves and says where in its last line; SIGTERM ends all of it well", async () => {
  const started = start()
  const { server, web } = await whenReady(started)
  assert.match(started.output, /\nReady: http:\/\/127\.0\.0\.1:\d+\n$/)
  started.child.kill("SIGTERM")
  assert.deepEqual(await started.ended, [0, null])
  assert.deepEqual([isAlive(server), isAlive(web)], [false, false])
  assert.equal(existsSync(join(project.root, ".data/launcher.json")), false)
})

test("Ctrl-C that arrives twice, from the terminal and from npm, is one request", async () => {
  const started = start()
  await whenReady(started)
  started.child.kill("SIGINT")
  await sleep(20)
  started.child.kill("SIGINT")
  assert.deepEqual(await started.ended, [0, null])
})

test("a second start of the same says where it runs, one at another port does not run", async () => {
  const first = start()
  const { url } = await whenReady(first)
  const second = start()
  assert.deepEqual(await second.ended, [0, null])
  assert.equal(second.output, `Already running: ${url}\n`)
  const third = start({ PORT: "1" })
  assert.deepEqual(await third.ended, [1, null])
  assert.match(third.output, new RegExp(`^Already running at ${url} \\(process ${first.child.pid}\\): stop it first`))
})

test("a start right after the end of another waits for it", async () => {
  const first = start()
  const { web } = await whenReady(first)
  process.kill(web, "SIGSTOP")
  first.child.kill("SIGTERM")
  const second = start()
  await sleep(500)
  process.kill(web, "SIGCONT")
  assert.deepEqual(await first.ended, [0, null])
  await whenReady(second)
})

test("a busy port is named before anything is installed or built", async () => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address()
  const stamp = join(project.root, "node_modules/.strudel-install")
  const started = start({ PORT: String(port) })
  assert.deepEqual(await started.ended, [1, null])
  assert.equal(started.output, `Port ${port} on 127.0.0.1 is in use: set PORT to another one.\n`)
  assert.ok(existsSync(stamp))
  server.close()
})

test("a server that cannot start ends the start with the server's words", async () => {
  const started = start({ STUB_FAILS: "1" })
  assert.deepEqual(await started.ended, [1, null])
  assert.match(started.output, /\nThe stub cannot start\.\nThe server did not start \(exit code 1\)\.\n$/)
})

test("a server or web app that is killed is started again, and found where it was", async () => {
  const started = start()
  const { url, server, web } = await whenReady(started)
  process.kill(server, "SIGKILL")
  await until(() => started.output.includes("The server runs again."))
  process.kill(web, "SIGKILL")
  await until(() => started.output.includes("The web app runs again."))
  const again = await processesBehind(url)
  assert.notEqual(again.server, server)
  assert.notEqual(again.web, web)
})

test("a server and a web app that do not answer any more are killed and started again", async () => {
  const started = start()
  const { url, server, web } = await whenReady(started)
  for (const pid of [server, web]) process.kill(pid, "SIGSTOP")
  for (const name of ["server", "web app"]) {
    await until(() => started.output.includes(`The ${name} runs again.`), 60)
    assert.match(started.output, new RegExp(`The ${name} has not answered for \\d+ s: killing it\\.`))
  }
  const again = await processesBehind(url)
  assert.notEqual(again.server, server)
  assert.notEqual(again.web, web)
})

test("the web app answers nobody but the front door", async () => {
  const { url } = await whenReady(start())
  const { web, secret } = await ask(url)
  assert.ok(secret.length >= 32)
  const wrong = `${secret.slice(0, -1)}x`
  for (const headers of [{}, { "x-strudel-front-door": wrong }, { authorization: `Bearer ${secret}` }]) {
    const { status } = await fetch(web, { headers: { connection: "close", ...headers } })
    assert.equal(status, 403)
  }
})

test("a host beyond this machine needs a token, or a word that it shall do without", async () => {
  for (const HOST of ["0.0.0.0", "::", "192.0.2.1", "0"]) {
    const refused = start({ HOST })
    assert.deepEqual(await refused.ended, [1, null])
    assert.match(
      refused.output,
      new RegExp(`^HOST is ${HOST}: .*STRUDEL_TOKEN=… npm start.*STRUDEL_ALLOW_NO_TOKEN=true`),
    )
  }
  const short = start({ HOST: "0.0.0.0", STRUDEL_TOKEN: "short" })
  assert.deepEqual(await short.ended, [1, null])
  assert.equal(short.output, "STRUDEL_TOKEN has 5 characters, but it needs 16 or more.\n")
  for (const env of [{ STRUDEL_TOKEN: "sixteen-letters-or-more" }, { STRUDEL_ALLOW_NO_TOKEN: "true" }]) {
    const started = start({ HOST: "0.0.0.0", ...env })
    await until(() => /^Ready: /m.test(started.output))
    started.child.kill("SIGTERM")
    assert.deepEqual(await started.ended, [0, null])
  }
  for (const HOST of ["localhost", "127.0.0.2"]) {
    const started = start({ HOST })
    await until(() => /^Ready: /m.test(started.output))
    started.child.kill("SIGTERM")
    assert.deepEqual(await started.ended, [0, null])
  }
})

test("what a killed launcher started ends by itself, and the next start works", async () => {
  const started = start()
  const { server, web } = await whenReady(started)
  started.child.kill("SIGKILL")
  await untilEnded([server, web])
  await whenReady(start())
})

for (const signal of ["SIGTERM", "SIGKILL"]) {
  test(`${signal} to npm alone ends what it started`, async () => {
    const started = npmStart()
    const { server, web } = await whenReady(started)
    started.child.kill(signal)
    await untilEnded([server, web])
    await until(() => !existsSync(join(project.root, ".data/launcher.json")))
  })
}

test("settings are read from .env, and what the environment has wins", async () => {
  const file = join(project.root, ".env")
  writeFileSync(file, "PORT=abc\n")
  const misled = launch([process.execPath, "scripts/run.mjs", "start"], { env: { PORT: undefined } })
  assert.deepEqual(await misled.ended, [1, null])
  assert.equal(misled.output, 'PORT is "abc", but a port is a whole number from 0 to 65535.\n')
  await whenReady(start({ PORT: "0" }))
  writeFileSync(file, "")
})

test("the command line runs where the user is, with the user's words, and answers with its exit code", async () => {
  const started = launch([process.execPath, "scripts/run.mjs", "cli", "import", "./a b", "--json"], {
    env: { INIT_CWD: join(project.root, "apps"), PORT: "3999" },
  })
  assert.deepEqual(await started.ended, [0, null])
  assert.deepEqual(JSON.parse(started.output), {
    args: ["import", "./a b", "--json"],
    cwd: join(project.root, "apps"),
    url: "http://127.0.0.1:3999",
  })
  assert.deepEqual(await launch([process.execPath, "scripts/run.mjs", "cli", "fail"]).ended, [3, null])
})

test("the command line finds the running server", async () => {
  const { url } = await whenReady(start())
  const started = launch([process.execPath, "scripts/run.mjs", "cli"])
  await started.ended
  assert.equal(JSON.parse(started.output).url, url)
})

test("a Node that is too old is named", async () => {
  const older = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.18.3"}})'
  const started = launch([process.execPath, "--import", older, "scripts/run.mjs", "start"])
  assert.deepEqual(await started.ended, [1, null])
  assert.equal(started.output, "Node 20.19 or later is needed, but this is Node 20.18.3.\n")
})

test("an unknown command is told the known ones", async () => {
  const started = run("toString")
  assert.deepEqual(await started.ended, [2, null])
  assert.match(started.output, /^Usage: node scripts\/run\.mjs start\|dev\|test\|cli\|[a-z|]+\n$/)
})
