import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { shortenLog } from "./log-file.ts"

let folder: string
let warnings: string[]
const warn = (words: string) => void warnings.push(words)

beforeEach(() => {
  warnings = []
  folder = mkdtempSync(join(tmpdir(), "strudel-log-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test("a log that is too long moves to a second one, and a shorter one stays", () => {
  const log = join(folder, "a.log")
  shortenLog(log, warn, 3)
  writeFileSync(log, "abc")
  shortenLog(log, warn, 3)
  expect(readFileSync(log, "utf8")).toBe("abc")
  writeFileSync(log, "abcd")
  shortenLog(log, warn, 3)
  expect(statSync(log).size).toBe(0)
  expect(readFileSync(`${log}.1`, "utf8")).toBe("abcd")
})

test("a log that cannot be kept is let go of, which makes room, and nothing ends", () => {
  const log = join(folder, "a.log")
  writeFileSync(log, "abcd")
  // Nothing can be copied there, as on a disk that is full.
  mkdirSync(`${log}.1`)
  shortenLog(log, warn, 3)
  expect(statSync(log).size).toBe(0)
  const unwritable = join(folder, "b.log")
  mkdirSync(unwritable)
  shortenLog(unwritable, warn, -1)
})
