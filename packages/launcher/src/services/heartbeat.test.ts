import { spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as sleep } from "node:timers/promises"
import { expect, test } from "vitest"
import { makeProgram } from "../testing/program.ts"
import { type Ask, watchHeartbeat } from "./heartbeat.ts"

const limits = { interval: 10, silence: 400, tick: 20 }

/** Resolves to the seconds that a program was found silent for; the program fails as often as `answers` says. */
const untilSilent = (ask: Ask) => new Promise<number>((resolve) => watchHeartbeat(ask, resolve, limits))

test("a program that refuses, and one that says nothing, are both silent", async () => {
  await untilSilent(async () => {
    throw new Error("refused")
  })
  await untilSilent(() => new Promise(() => {}))
})

test("a program that answers now and then is not silent, and nobody asks one that is not watched any more", async () => {
  let questions = 0
  let silences = 0
  const ask = async () => {
    if (++questions % 3 > 0) throw new Error("refused")
  }
  const stop = watchHeartbeat(ask, () => silences++, limits)
  await sleep(1_500)
  stop()
  expect(silences).toBe(0)
  const asked = questions
  expect(asked > 3).toBe(true)
  await sleep(100)
  expect(questions <= asked + 1).toBe(true)
})

if (process.platform !== "win32") {
  test("a time in which the launcher itself stood still is no silence", async () => {
    const program = makeProgram(`
      import { watchHeartbeat } from "./services/heartbeat.ts"
      const late = () => new Promise((resolve) => setTimeout(resolve, 100))
      watchHeartbeat(late, () => console.log("silent"), ${JSON.stringify(limits)})
      console.log("watching")
      setInterval(() => console.log("awake"), 200)`)
    const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] })
    let output = ""
    child.stdout.setEncoding("utf8").on("data", (part) => {
      output += part
    })
    while (!output.includes("awake")) await once(child.stdout, "data")
    for (let turn = 0; turn < 3; turn++) {
      child.kill("SIGSTOP")
      await sleep(800)
      output = ""
      child.kill("SIGCONT")
      while (!output.includes("awake\nawake")) await once(child.stdout, "data")
      expect(output).not.toMatch(/silent/)
    }
    child.kill("SIGKILL")
  })
}
