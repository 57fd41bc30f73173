import { spawn } from "node:child_process"
import { setTimeout as sleep } from "node:timers/promises"
import { isAlive } from "@strudel-agent/process/is-alive"
import { afterEach, expect, test } from "vitest"
import { until, untilEnded } from "../testing/waiting.ts"
import type { Ask } from "./heartbeat.ts"
import { answer, untilReady } from "./service.ts"
import { type Supervisor, type SupervisorLimits, supervise } from "./supervisor.ts"

let supervisors: Supervisor[] = []

afterEach(() => {
  for (const supervisor of supervisors) supervisor.kill()
  supervisors = []
})

const sayReady = "process.send({ type: 'ready' })"
const serve = `${sayReady}; process.on("disconnect", () => process.exit())`

/** Supervises a Node program given as text, with short delays; what it says when it is ready is kept in `said`. */
function keep(program: string, limits?: Partial<SupervisorLimits>, ask?: Ask) {
  const kept = { launches: 0, giveUps: 0, said: [] as string[] }
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
    limits: { firstDelay: 1, longestDelay: 1, stopTimeout: 300, ...limits },
  })
  supervisors.push(supervisor)
  return Object.assign(kept, { supervisor })
}

/** The process of a child that was started. */
function pidOf({ pid }: Supervisor): number {
  if (pid === undefined) throw new Error("no child was started")
  return pid
}

test("a child that dies is started again, until it is stopped", async () => {
  const kept = keep(serve)
  await kept.supervisor.started
  const pid = pidOf(kept.supervisor)
  process.kill(pid, "SIGKILL")
  await until(() => kept.launches === 2)
  expect(kept.supervisor.pid).not.toBe(pid)
  await kept.supervisor.stop()
  expect(isAlive(pidOf(kept.supervisor))).toBe(false)
  await sleep(50)
  expect(kept.launches).toBe(2)
})

test("a child whose loop is blocked is killed and started again, one that answers late is not", async () => {
  const program = (work: string) => `
    require("node:http").createServer((request, response) => {
      if (request.url === "/block") for (;;);
      ${work}
    }).listen(0, "127.0.0.1", function () {
      process.send({ type: "ready", url: "http://127.0.0.1:" + this.address().port })
    })`
  const heartbeat = { interval: 20, silence: 1_500, tick: 50 }
  const watched = (work: string) => {
    const ask: Ask = (signal) => answer(kept.said.at(-1) ?? "", { signal })
    const kept = keep(program(work), { heartbeat }, ask)
    return kept
  }
  const blocked = watched("response.end()")
  const late = watched("setTimeout(() => response.end(), 700)")
  await Promise.all([blocked.supervisor.started, late.supervisor.started])
  const pid = pidOf(blocked.supervisor)
  fetch(`${blocked.said[0]}/block`).catch(() => {})
  await until(() => blocked.said.length === 2)
  expect(blocked.supervisor.pid).not.toBe(pid)
  expect(isAlive(pid)).toBe(false)
  expect(late.launches).toBe(1)
  await Promise.all([blocked.supervisor.stop(), late.supervisor.stop()])
  expect(blocked.launches).toBe(2)
})

test("a child that keeps dying is given up", async () => {
  const kept = keep(`${sayReady}; setTimeout(() => process.exit(1), 20)`, { restarts: 3 })
  await kept.supervisor.started
  await until(() => kept.giveUps === 1)
  expect(kept.launches).toBe(4)
  await kept.supervisor.stop()
})

test("a child that ends before it was ready is not started again", async () => {
  const kept = keep("process.exit(1)")
  await expect(kept.supervisor.started).rejects.toThrow(/^The stub did not start \(exit code 1\)\.$/)
  expect(kept.launches).toBe(1)
})

test("a child that ignores the request to stop is killed", async () => {
  const kept = keep(`process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); ${sayReady}`)
  await kept.supervisor.started
  await kept.supervisor.stop()
  expect(isAlive(pidOf(kept.supervisor))).toBe(false)
})

test("what a child that died left behind in its group is ended", async () => {
  const grandchild = 'require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"])'
  const kept = keep(
    `const { pid } = ${grandchild}; process.send({ type: "ready", url: String(pid) }); setInterval(() => {}, 1000)`,
  )
  await kept.supervisor.started
  process.kill(pidOf(kept.supervisor), "SIGKILL")
  await until(() => kept.said.length === 2)
  await untilEnded([Number(kept.said[0])])
  await kept.supervisor.stop()
  await untilEnded([Number(kept.said[1])])
})

test("a restart that was asked for counts as no death", async () => {
  const kept = keep(serve, { restarts: 0 })
  await kept.supervisor.started
  await kept.supervisor.restart()
  await until(() => kept.launches === 2)
  expect(kept.giveUps).toBe(0)
  await kept.supervisor.stop()
})
