import assert from "node:assert/strict"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, test } from "node:test"
import { shorten, spawnService } from "./service.mjs"

let folder
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strudel-service-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test("a log that is too long moves to a second one, and a shorter one stays", () => {
  const log = join(folder, "a.log")
  shorten(log, 3)
  writeFileSync(log, "abc")
  shorten(log, 3)
  assert.equal(readFileSync(log, "utf8"), "abc")
  writeFileSync(log, "abcd")
  shorten(log, 3)
  assert.equal(statSync(log).size, 0)
  assert.equal(readFileSync(`${log}.1`, "utf8"), "abcd")
})

test("a log that cannot be kept is let go of, which makes room, and nothing ends", () => {
  const log = join(folder, "a.log")
  writeFileSync(log, "abcd")
  // Nothing can be copied there, as on a disk that is full.
  mkdirSync(`${log}.1`)
  shorten(log, 3)
  assert.equal(statSync(log).size, 0)
  const unwritable = join(folder, "b.log")
  mkdirSync(unwritable)
  shorten(unwritable, -1)
})

test("a service runs without a log where there can be none, and with one that takes nothing", async () => {
  const program = "for (let i = 0; i < 1000; i++) console.log('x'.repeat(1000)); setTimeout(() => process.exit(7), 50)"
  for (const logFile of [join(folder, "no", "such", "folder.log"), "/dev/full"]) {
    const child = spawnService(["-e", program], { env: process.env, cwd: folder, logFile })
    assert.deepEqual(await once(child, "exit"), [7, null])
  }
})
