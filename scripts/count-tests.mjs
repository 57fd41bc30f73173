// What a runner reports, as `{ passed, failed, remarks }`: a skipped test is a failed one, and a runner that ends
// without a report, or badly although no test failed, counts as one failure. Remarks name what did not simply pass.

import { existsSync, readFileSync } from "node:fs"
import { stripVTControlCharacters } from "node:util"
import { readJson } from "./project.mjs"

/** How many lines of a failure a remark repeats: enough to know it by, where the run's whole output is gone. */
const linesOfFailure = 12

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
    const remarkable = tests.filter((test) => !isPassed(test))
    return {
      passed: tests.filter(isPassed).length,
      failed: remarkable.length + broken.length,
      remarks: [
        ...remarkable.map(({ fullName, status, failureMessages }) => remark(status, fullName, failureMessages?.[0])),
        ...broken.map(({ name, message }) => remark("did not run", name, message)),
      ],
    }
  })
}

/** Counts the JSON report of Playwright; a test that passed at a later try counts as passed, but is named. */
export function countPlaywright({ code, report }) {
  return count(code, report, () => {
    const { suites, errors } = readJson(report)
    const tests = suites
      .flatMap(specsOf)
      .flatMap(({ title, file, tests }) => tests.map(({ status, results }) => ({ title, file, status, results })))
    const passed = tests.filter(({ status }) => status === "expected" || status === "flaky")
    const remarkable = tests.filter(({ status }) => status !== "expected")
    return {
      passed: passed.length,
      failed: tests.length - passed.length + (errors.length > 0 ? 1 : 0),
      remarks: [
        ...remarkable.map(({ title, file, status, results }) =>
          remark(
            status === "unexpected" ? "failed" : status,
            `${file}: ${title}`,
            results.find(({ error }) => error)?.error.message,
          ),
        ),
        ...errors.map(({ message }) => remark("did not run", "a file", message)),
      ],
    }
  })
}

/** Counts the TAP report of Node's own runner by the sums at its end. */
export function countNodeTests({ code, report }) {
  return count(code, report, () => {
    const lines = readFileSync(report, "utf8")
    const sums = Object.fromEntries(
      [...lines.matchAll(/^# (\w+) (\d+)$/gm)].map(([, name, number]) => [name, Number(number)]),
    )
    const { pass, tests, skipped, todo } = sums
    const passed = pass ?? 0
    const broken = [...lines.matchAll(/^\s*not ok \d+ - (?!.*# (?:TODO|SKIP))(.+)$/gm)].map(([, title]) =>
      remark("failed", title),
    )
    const missing = skipped + todo
    return { passed, failed: tests - passed, remarks: missing > 0 ? [...broken, `skipped: ${missing}`] : broken }
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

/** What became of a test, and the first lines of why. */
function remark(status, title, failure) {
  const why = stripVTControlCharacters(failure ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, linesOfFailure)
  return [`${status}: ${title}`, ...why.map((line) => `  ${line}`)].join("\n")
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
