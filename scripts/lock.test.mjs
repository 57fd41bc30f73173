import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, test } from "node:test"
import { readHolder, takeLock } from "./lock.mjs"

let folder
let file

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strudel-lock-"))
  file = join(folder, "lock.json")
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid

test("one holds a lock, others learn who and what", () => {
  const lock = takeLock(file, { port: 3000 })
  assert.deepEqual(takeLock(file).holder, { pid: process.pid, port: 3000 })
  lock.update({ url: "http://127.0.0.1:3000" })
  assert.deepEqual(readHolder(file), { pid: process.pid, port: 3000, url: "http://127.0.0.1:3000" })
  lock.release()
  assert.equal(readHolder(file), undefined)
  assert.deepEqual(readdirSync(folder), [])
})

test("a lock is taken over from a process that is dead", () => {
  writeFileSync(file, JSON.stringify({ pid: deadPid() }))
  const lock = takeLock(file)
  assert.equal(lock.holder, undefined)
  assert.equal(JSON.parse(readFileSync(file, "utf8")).pid, process.pid)
  lock.release()
})

test("a lock is taken over when its process number went to another process", () => {
  writeFileSync(file, JSON.stringify({ pid: process.ppid }))
  assert.equal(takeLock(file).holder.pid, process.ppid)
  const old = new Date(Date.now() - 60_000)
  utimesSync(file, old, old)
  const lock = takeLock(file)
  assert.equal(lock.holder, undefined)
  lock.release()
})

test("a damaged lock holds nobody up", () => {
  writeFileSync(file, '{"pid":')
  const lock = takeLock(file)
  assert.equal(lock.holder, undefined)
  lock.release()
})

test("a lock ends with its process", () => {
  const script = `import { takeLock } from ${JSON.stringify(new URL("lock.mjs", import.meta.url).href)}
    console.log(takeLock(${JSON.stringify(file)}).holder === undefined)`
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" })
  assert.equal(stdout, "true\n")
  assert.equal(existsSync(file), false)
})
