import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type Lock, readHolder, takeLock as take } from "./lock.ts"
import { makeProgram } from "./testing/program.ts"

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strudel-lock-"))
  file = join(folder, "lock.json")
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Takes a lock that nobody holds. */
function takeFree(facts?: { port: number }): Lock {
  const lock = take(file, facts)
  if (lock.holder) throw new Error(`process ${lock.holder.pid} holds it`)
  return lock
}

const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid

test("one holds a lock, others learn who and what", () => {
  const lock = takeFree({ port: 3000 })
  expect(take(file).holder).toEqual({ pid: process.pid, port: 3000 })
  lock.update({ url: "http://127.0.0.1:3000" })
  expect(readHolder(file)).toEqual({ pid: process.pid, port: 3000, url: "http://127.0.0.1:3000" })
  lock.release()
  expect(readHolder(file)).toBe(undefined)
  expect(readdirSync(folder)).toEqual([])
})

test("a lock is taken over from a process that is dead", () => {
  writeFileSync(file, JSON.stringify({ pid: deadPid() }))
  const lock = takeFree()
  expect(JSON.parse(readFileSync(file, "utf8")).pid).toBe(process.pid)
  lock.release()
})

test("a lock is taken over when its process number went to another process", () => {
  writeFileSync(file, JSON.stringify({ pid: process.ppid }))
  expect(take(file).holder?.pid).toBe(process.ppid)
  const old = new Date(Date.now() - 60_000)
  utimesSync(file, old, old)
  const lock = takeFree()
  lock.release()
})

test("a damaged lock holds nobody up", () => {
  writeFileSync(file, '{"pid":')
  const lock = takeFree()
  lock.release()
})

test("a lock ends with its process", () => {
  const program = makeProgram(`import { takeLock } from "./lock.ts"
    console.log(takeLock(${JSON.stringify(file)}).holder === undefined)`)
  const { stdout } = spawnSync(process.execPath, [program], { encoding: "utf8" })
  expect(stdout).toBe("true\n")
  expect(existsSync(file)).toBe(false)
})
