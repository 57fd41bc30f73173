import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { countCheck, countNodeTests, countPlaywright, countVitest, sum } from "./count-tests.mjs"
import { testEnvironment } from "./environment.mjs"
import { programOf, root } from "./project.mjs"

let reports
/** Where tests that are written here find Playwright. */
let besidePlaywright

before(() => {
  reports = mkdtempSync(join(tmpdir(), "strudel-count-"))
  mkdirSync(join(root, "e2e/node_modules/.cache"), { recursive: true })
  besidePlaywright = mkdtempSync(join(root, "e2e/node_modules/.cache/count-"))
})

after(() => {
  for (const folder of [reports, besidePlaywright]) rmSync(folder, { recursive: true, force: true })
})

/** Runs a runner in a folder on files given by name; returns its exit code and where it was told to report. */
function run(folder, files, command) {
  const report = `${folder}.report`
  mkdirSync(folder)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  const { NODE_TEST_CONTEXT, ...env } = testEnvironment()
  const options = { cwd: folder, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } }
  return { code: spawnSync(process.execPath, command(report), options).status, report }
}

/** Vitest runs no tests below node_modules, but these need not import it. */
const vitest = (name, files) =>
  run(join(reports, name), files, (report) => {
    const reporter = ["--reporter=json", `--outputFile.json=${report}`]
    return [programOf("vitest"), "run", "--globals", ...reporter]
  })

const nodeTest = (name, files) =>
  run(join(reports, name), files, (report) => {
    const reporter = ["--test-reporter=tap", `--test-reporter-destination=${report}`]
    return ["--test", ...reporter, ...Object.keys(files)]
  })

const playwright = (name, files) =>
  run(join(besidePlaywright, name), files, () => [programOf("@playwright/test", "e2e"), "test", "--reporter=json"])

/** The first line of each remark, without the folder of a file that did not run: it differs from run to run. */
const titles = ({ remarks }) => remarks.map((remark) => remark.split("\n")[0].replace(/\S*\//, "")).sort()

const withoutRemarks = ({ passed, failed }) => ({ passed, failed })

test("a check counts as one", () => {
  assert.deepEqual(withoutRemarks(countCheck({ code: 0 })), { passed: 1, failed: 0 })
  assert.deepEqual(withoutRemarks(countCheck({ code: 2 })), { passed: 0, failed: 1 })
})

test("Vitest: each test counts, one that is skipped and a file that does not load as failures", () => {
  const counted = countVitest(
    vitest("vitest", {
      "a.test.js": 'test("one", () => {}); test("two", () => expect(1).toBe(2)); test.skip("three", () => {})',
      "b.test.js": 'import "./missing.js"; test("four", () => {})',
      "c.test.js": 'describe("a group", () => { test("five", () => {}); test.todo("six") })',
    }),
  )
  assert.deepEqual(withoutRemarks(counted), { passed: 2, failed: 4 })
  assert.deepEqual(titles(counted), ["did not run: b.test.js", "failed: two", "skipped: three", "todo: a group six"])
  assert.match(counted.remarks.join("\n"), /failed: two\n +AssertionError: expected 1 to be 2/)
})

test("Vitest: an error outside of every test is a failure", () => {
  const result = vitest("vitest-stray", {
    "a.test.js":
      'test("one", async () => { setTimeout(() => { throw new Error() }); await new Promise((r) => setTimeout(r, 50)) })',
  })
  assert.deepEqual(withoutRemarks(countVitest(result)), { passed: 1, failed: 1 })
})

test("Node's runner: each test counts, one that is skipped and a file that does not load as failures", () => {
  const counted = countNodeTests(
    nodeTest("node", {
      "a.test.mjs":
        'import { test } from "node:test"; test("one", () => {}); test("two", () => { throw new Error() }); test.skip("three")',
      "b.test.mjs": 'import "./missing.mjs"',
    }),
  )
  assert.deepEqual(withoutRemarks(counted), { passed: 1, failed: 3 })
  assert.deepEqual(titles(counted), ["failed: b.test.mjs", "failed: two", "skipped: 1"])
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
  assert.deepEqual(withoutRemarks(counted), { passed: 2, failed: 2 })
  assert.deepEqual(titles(counted), [
    "failed: a.spec.mjs: two",
    "flaky: a.spec.mjs: three",
    "skipped: a.spec.mjs: four",
  ])
  assert.match(counted.remarks.join("\n"), /a.spec.mjs: two\n +Error: expect\(received\)/)
})

test("Playwright: a file that does not load is a failure", () => {
  const result = playwright("playwright-broken", {
    "playwright.config.mjs": "export default {}",
    "a.spec.mjs": 'import "./missing.mjs"',
  })
  assert.deepEqual(withoutRemarks(countPlaywright(result)), { passed: 0, failed: 1 })
})

test("a runner without a report, with a damaged one, or without a test is one failure", () => {
  const damaged = join(reports, "damaged")
  writeFileSync(damaged, '{"suites":')
  const empty = join(reports, "empty")
  writeFileSync(empty, '{"testResults":[]}')
  for (const report of [join(reports, "missing"), damaged, empty]) {
    for (const count of [countVitest, countPlaywright, countNodeTests]) {
      assert.deepEqual(withoutRemarks(count({ code: 0, report })), { passed: 0, failed: 1 })
    }
  }
})

test("a sum adds what passed and what failed", () => {
  const counts = [
    { passed: 2, failed: 1 },
    { passed: 3, failed: 0 },
  ]
  assert.deepEqual(sum(counts), { passed: 5, failed: 1 })
})
