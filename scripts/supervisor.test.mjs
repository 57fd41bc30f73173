import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { afterEach, test } from "node:test"
import { setTimeout as sleep } from "node:timers/promises"
import { isAlive } from "./lock.mjs"
import { answer, untilReady } from "./service.mjs"
import { supervise } from "./supervisor.mjs"

let supervisors = []

afterEach(() => {
  for (const supervisor of supervisors) supervisor.kill()
  supervisors = []
})

const sayReady = "process.send({ type: 'ready' })"
const serve = `${sayReady}; process.on("disconnect", () => process.exit())`

/** Supervises a Node program given as text, with short delays; what it says when it is ready is kept in `said`. */
function keep(program, limits, ask) {
  const kept = { launches: 0, giveUps: 0, said: [] }
  const supervisor = supervise({
    name: "stub",
    launch: () => {
      kept.launches++
      return spawn(process.execPath, ["-e", program], { stdio: ["ignore", "ignore", "ignore", "ipc"], detached: true })
    },
    isReady: async (child) => kept.said.push(await untilReady(child)),
    ask,
    giveUp: () => {
      kept.giveUps++
    },
    limits: { firstDelay: 1, longestDelay: 1, patience: 300, ...limits },
  })
  supervisors.push(supervisor)
  return Object.assign(kept, { supervisor })
}

async function until(condition) {
  const end = Date.now() + 60_000
  while (!condition()) {
    assert.ok(Date.now() < end, "waited 60 s in vain")
    await sleep(10)
  }
}

test("a child that dies is started again, until it is stopped", async () => {
  const kept = keep(serve)
  await kept.supervisor.started
  const { pid } = kept.supervisor
  process.kill(pid, "SIGKILL")
  await until(() => kept.launches === 2)
  assert.notEqual(kept.supervisor.pid, pid)
  await kept.supervisor.stop()
  assert.throws(() => process.kill(kept.supervisor.pid, 0), { code: "ESRCH" })
  await sleep(50)
  assert.equal(kept.launches, 2)
})

test("a child whose loop is blocked is killed and started again, one that answers late is not", async () => {
  const program = (work) => `
    require("node:http").createServer((request, response) => {
      if (request.url === "/block") for (;;);
      ${work}
    }).listen(0, "127.0.0.1", function () {
      process.send({ type: "ready", url: "http://127.0.0.1:" + this.address().port })
    })`
  const heartbeat = { interval: 20, silence: 1_500, tick: 50 }
  const watched = (work) => {
    const kept = keep(program(work), { heartbeat }, (signal) => answer(kept.said.at(-1), { signal }))
    return kept
  }
  const blocked = watched("response.end()")
  const late = watched("setTimeout(() => response.end(), 700)")
  await Promise.all([blocked.supervisor.started, late.supervisor.started])
  const { pid } = blocked.supervisor
  fetch(`${blocked.said[0]}/block`).catch(() => {})
  await until(() => blocked.said.length === 2)
  assert.notEqual(blocked.supervisor.pid, pid)
  assert.equal(isAlive(pid), false)
  assert.equal(late.launches, 1)
  await Promise.all([blocked.supervisor.stop(), late.supervisor.stop()])
  assert.equal(blocked.launches, 2)
})

test("a child that keeps dying is given up", async () => {
  const kept = keep(`${sayReady}; setTimeout(() => process.exit(1), 20)`, { restarts: 3 })
  await kept.supervisor.started
  await until(() => kept.giveUps === 1)
  assert.equal(kept.launches, 4)
  await kept.supervisor.stop()
})

test("a child that ends before it was ready is not started again", async () => {
  const kept = keep("process.exit(1)")
  await assert.rejects(kept.supervisor.started, { message: "The stub did not start (exit code 1)." })
  assert.equal(kept.launches, 1)
})

test("a child that ignores the request to stop is killed", async () => {
  const kept = keep(`process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); ${sayReady}`)
  await kept.supervisor.started
  await kept.supervisor.stop()
  assert.throws(() => process.kill(kept.supervisor.pid, 0), { code: "ESRCH" })
})

test("what a child that died left behind in its group is ended", async () => {
  const grandchild = 'require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"])'
  const kept = keep(
    `const { pid } = ${grandchild}; process.send({ type: "ready", url: pid }); setInterval(() => {}, 1000)`,
  )
  await kept.supervisor.started
  process.kill(kept.supervisor.pid, "SIGKILL")
  await until(() => kept.said.length === 2)
  await until(() => !isAlive(kept.said[0]))
  await kept.supervisor.stop()
  await until(() => !isAlive(kept.said[1]))
})

test("a restart that was asked for counts as no death", async () => {
  const kept = keep(serve, { restarts: 0 })
  await kept.supervisor.started
  await kept.supervisor.restart()
  await until(() => kept.launches === 2)
  assert.equal(kept.giveUps, 0)
  await kept.supervisor.stop()
})
