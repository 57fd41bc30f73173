import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { expect, test } from "vitest"
import { isAlive } from "./is-alive.ts"

test("a process that runs is alive, one that ended is not", () => {
  expect(isAlive(process.pid)).toBe(true)
  expect(isAlive(1)).toBe(true)
  expect(isAlive(spawnSync(process.execPath, ["-e", ""]).pid)).toBe(false)
})

if (process.platform === "linux") {
  test("a process that ended and that its parent takes no notice of is not alive", async () => {
    const shell = spawn("sh", ["-c", "sleep 0.5 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "inherit"] })
    const [chunk] = await once(shell.stdout, "data")
    await expect.poll(() => isAlive(Number(String(chunk)))).toBe(false)
    expect(() => process.kill(Number(String(chunk)), 0)).not.toThrow()
    shell.kill("SIGKILL")
  })
}
