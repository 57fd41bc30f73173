import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { testEnvironment } from "../environment.ts"
import type { Command } from "../package-manager.ts"
import { programOf, root } from "../project.ts"
import { type Count, countCheck, countPlaywright, countVitest, type Ended, sum } from "./count-tests.ts"

type Files = Record<string, string>

let reports: string
/** Where tests that are written here find Playwright. */
let besidePlaywright: string

beforeAll(() => {
  reports = mkdtempSync(join(tmpdir(), "strudel-count-"))
  mkdirSync(join(root, "e2e/node_modules/.cache"), { recursive: true })
  besidePlaywright = mkdtempSync(join(root, "e2e/node_modules/.cache/count-"))
})

afterAll(() => {
  for (const folder of [reports, besidePlaywright]) rmSync(folder, { recursive: true, force: true })
})

/** Runs a runner in a folder on files given by name; returns its exit code and where it was told to report. */
function run(folder: string, files: Files, command: (report: string) => Command): Ended {
  const report = `${folder}.report`
  mkdirSync(folder)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  // Runners that find themselves inside of a run of Vitest behave otherwise.
  const env = Object.fromEntries(Object.entries(testEnvironment()).filter(([name]) => !/VITEST|^TEST$/.test(name)))
  const options = { cwd: folder, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } }
  return { code: spawnSync(process.execPath, command(report), options).status, report }
}

/** Vitest runs no tests below node_modules, but these need not import it. */
const vitest = (name: string, files: Files) =>
  run(join(reports, name), files, (report) => {
    const reporter = ["--reporter=json", `--outputFile.json=${report}`]
    return [programOf("vitest"), "run", "--globals", ...reporter]
  })

const playwright = (name: string, files: Files) =>
  run(join(besidePlaywright, name), files, () => [programOf("@playwright/test", "e2e"), "test", "--reporter=json"])

/** The first line of each remark, without the folder of a file that did not run: it differs from run to run. */
const titles = ({ remarks }: Count) => remarks.map((remark) => remark.replace(/\n.*/s, "").replace(/\S*\//, "")).sort()

const withoutRemarks = ({ passed, failed }: Count) => ({ passed, failed })

test("a check counts as one", () => {
  expect(withoutRemarks(countCheck({ code: 0 }))).toEqual({ passed: 1, failed: 0 })
  expect(withoutRemarks(countCheck({ code: 2 }))).toEqual({ passed: 0, failed: 1 })
})

test("Vitest: each test counts, one that is skipped and a file that does not load as failures", () => {
  const counted = countVitest(
    vitest("vitest", {
      "a.test.js": 'test("one", () => {}); test("two", () => expect(1).toBe(2)); test.skip("three", () => {})',
      "b.test.js": 'import "./missing.js"; test("four", () => {})',
      "c.test.js": 'describe("a group", () => { test("five", () => {}); test.todo("six") })',
    }),
  )
  expect(withoutRemarks(counted)).toEqual({ passed: 2, failed: 4 })
  expect(titles(counted)).toEqual(["did not run: b.test.js", "failed: two", "skipped: three", "todo: a group six"])
  expect(counted.remarks.join("\n")).toMatch(/failed: two\n +AssertionError: expected 1 to be 2/)
})

test("Vitest: an error outside of every test is a failure", () => {
  const result = vitest("vitest-stray", {
    "a.test.js":
      'test("one", async () => { setTimeout(() => { throw new Error() }); await new Promise((r) => setTimeout(r, 50)) })',
  })
  expect(withoutRemarks(countVitest(result))).toEqual({ passed: 1, failed: 1 })
})

test("Playwright: each test counts, one that is skipped as a failure, one that passes later as passed", () => {
  const counted = countPlaywright(
    playwright("playwright", {
      "playwright.config.mjs": "export default { retries: 1, workers: 1 }",
      "a.spec.mjs": `import { expect, test } from "@playwright/test"
        test("one", () => {})
        test.describe("a group", () => { test("two", () => expect(1).toBe(2)) })
        test("three", ({}, { retry }) => expect(retry).toBe(1))
        test.skip("four", () => {})`,
    }),
  )
  expect(withoutRemarks(counted)).toEqual({ passed: 2, failed: 2 })
  expect(titles(counted)).toEqual(["failed: a.spec.mjs: two", "flaky: a.spec.mjs: three", "skipped: a.spec.mjs: four"])
  expect(counted.remarks.join("\n")).toMatch(/a.spec.mjs: two\n +Error: expect\(received\)/)
})

test("Playwright: a file that does not load is a failure", () => {
  const result = playwright("playwright-broken", {
    "playwright.config.mjs": "export default {}",
    "a.spec.mjs": 'import "./missing.mjs"',
  })
  expect(withoutRemarks(countPlaywright(result))).toEqual({ passed: 0, failed: 1 })
})

test("a runner without a report, with a damaged one, or without a test is one failure", () => {
  const damaged = join(reports, "damaged")
  writeFileSync(damaged, '{"suites":')
  const empty = join(reports, "empty")
  writeFileSync(empty, '{"testResults":[]}')
  for (const report of [join(reports, "missing"), damaged, empty]) {
    for (const count of [countVitest, countPlaywright]) {
      expect(withoutRemarks(count({ code: 0, report }))).toEqual({ passed: 0, failed: 1 })
    }
  }
})

test("a sum adds what passed and what failed", () => {
  const counts = [
    { passed: 2, failed: 1 },
    { passed: 3, failed: 0 },
  ]
  expect(sum(counts)).toEqual({ passed: 5, failed: 1 })
})
