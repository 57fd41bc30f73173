// What a runner reports, as `{ passed, failed, remarks }`: a skipped test is a failed one, and a runner that ends
// without a report, or badly although no test failed, counts as one failure.

import { existsSync, readFileSync } from "node:fs"
import { readJson } from "./project.mjs"

/** Counts a check that has no tests in it: it passes or fails as a whole. */
export function countCheck({ code }) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, remarks: [] }
}

/** Counts the JSON report of Vitest; a file that could not be run counts as one failure. */
export function countVitest({ code, report }) {
  return count(code, report, () => {
    const { testResults } = readJson(report)
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
    const broken = testResults.filter(
      ({ status, assertionResults }) => status !== "passed" && assertionResults.every(isPassed),
    )
    const skipped = tests.filter(({ status }) => status !== "passed" && status !== "failed")
    return {
      passed: tests.filter(isPassed).length,
      failed: tests.filter((test) => !isPassed(test)).length + broken.length,
      remarks: [
        ...skipped.map(({ fullName, status }) => `${status}: ${fullName}`),
        ...broken.map(({ name }) => `did not run: ${name}`),
      ],
    }
  })
}

/** Counts the JSON report of Playwright; a test that passed at a later try counts as passed, but is named. */
export function countPlaywright({ code, report }) {
  return count(code, report, () => {
    const { suites, errors } = readJson(report)
    const tests = suites.flatMap(specsOf).flatMap(({ title, tests }) => tests.map(({ status }) => ({ title, status })))
    const passed = tests.filter(({ status }) => status === "expected" || status === "flaky")
    const remarkable = tests.filter(({ status }) => status === "skipped" || status === "flaky")
    return {
      passed: passed.length,
      failed: tests.length - passed.length + (errors.length > 0 ? 1 : 0),
      remarks: remarkable.map(({ title, status }) => `${status}: ${title}`),
    }
  })
}

/** Counts the TAP report of Node's own runner by the sums at its end. */
export function countNodeTests({ code, report }) {
  return count(code, report, () => {
    const sums = Object.fromEntries(
      [...readFileSync(report, "utf8").matchAll(/^# (\w+) (\d+)$/gm)].map(([, name, number]) => [name, Number(number)]),
    )
    const { pass, tests, skipped, todo } = sums
    const passed = pass ?? 0
    return { passed, failed: tests - passed, remarks: skipped + todo > 0 ? [`skipped: ${skipped + todo}`] : [] }
  })
}

/** Adds counts up. */
export function sum(counts) {
  return counts.reduce(
    (total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }),
    { passed: 0, failed: 0 },
  )
}

function count(code, report, read) {
  const found = readReport(report, read)
  if (!found) return { passed: 0, failed: 1, remarks: [`ended with exit code ${code} and no report`] }
  if (found.passed + found.failed === 0) return { ...found, failed: 1, remarks: ["ran no test"] }
  if (code !== 0 && found.failed === 0) {
    return { ...found, failed: 1, remarks: [...found.remarks, `ended with exit code ${code} although no test failed`] }
  }
  return found
}

function readReport(report, read) {
  if (!existsSync(report)) return undefined
  try {
    const found = read()
    return Number.isInteger(found.passed) && Number.isInteger(found.failed) ? found : undefined
  } catch {
    return undefined
  }
}

function isPassed({ status }) {
  return status === "passed"
}

function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)]
}
