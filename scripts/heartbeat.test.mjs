import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { test } from "node:test"
import { setTimeout as sleep } from "node:timers/promises"
import { watchHeartbeat } from "./heartbeat.mjs"

const limits = { interval: 10, silence: 400, tick: 20 }

/** Resolves to the seconds that a program was found silent for; the program fails as often as `answers` says. */
const untilSilent = (ask) => new Promise((resolve) => watchHeartbeat(ask, resolve, limits))

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
  assert.equal(silences, 0)
  const asked = questions
  assert.ok(asked > 3)
  await sleep(100)
  assert.ok(questions <= asked + 1)
})

if (process.platform !== "win32") {
  test("a time in which the launcher itself stood still is no silence", async () => {
    const heartbeat = new URL("heartbeat.mjs", import.meta.url).href
    const program = `
      import { watchHeartbeat } from ${JSON.stringify(heartbeat)}
      const late = () => new Promise((resolve) => setTimeout(resolve, 100))
      watchHeartbeat(late, () => console.log("silent"), ${JSON.stringify(limits)})
      console.log("watching")
      setInterval(() => console.log("awake"), 200)`
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    })
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
      assert.doesNotMatch(output, /silent/)
    }
    child.kill("SIGKILL")
  })
}
