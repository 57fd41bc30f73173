import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { spawnService } from "./service.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strudel-service-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test("a service runs without a log where there can be none, and with one that takes nothing", async () => {
  const program = "for (let i = 0; i < 1000; i++) console.log('x'.repeat(1000)); setTimeout(() => process.exit(7), 50)"
  for (const logFile of [join(folder, "no", "such", "folder.log"), "/dev/full"]) {
    const child = spawnService(["-e", program], { env: process.env, cwd: folder, logFile })
    expect(await once(child, "exit")).toEqual([7, null])
  }
})
