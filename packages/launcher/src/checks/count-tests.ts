// A skipped test is a failed one, and a runner that ends without a report, or badly although no test failed, counts as
// one failure.

import { readFileSync } from "node:fs"
import { stripVTControlCharacters } from "node:util"
import type { JSONReport, JSONReportSuite } from "@playwright/test/reporter"
import type { JsonTestResults } from "vitest/reporters"

/** What a runner reports. */
export interface Count {
  passed: number
  failed: number
  /** Names what did not simply pass. */
  remarks: string[]
}

/** How a runner ended, and where it was told to report. */
export interface Ended {
  code: number | null
  report: string
}

/** How many lines of a failure a remark repeats: enough to know it by, where the run's whole output is gone. */
const linesOfFailure = 12

/** Counts a check that has no tests in it: it passes or fails as a whole. */
export function countCheck({ code }: Pick<Ended, "code">): Count {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, remarks: [] }
}

/** Counts the JSON report of Vitest; a file that could not be run counts as one failure. */
export function countVitest(ended: Ended): Count {
  return count(ended, ({ testResults }: JsonTestResults) => {
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
    const broken = testResults.filter(
      ({ status, assertionResults }) => status !== "passed" && assertionResults.every(isPassed),
    )
    const remarkable = tests.filter((test) => !isPassed(test))
    return {
      passed: tests.length - remarkable.length,
      failed: remarkable.length + broken.length,
      remarks: [
        ...remarkable.map(({ fullName, status, failureMessages }) => remark(status, fullName, failureMessages?.[0])),
        ...broken.map(({ name, message }) => remark("did not run", name, message)),
      ],
    }
  })
}

/** Counts the JSON report of Playwright; a test that passed at a later try counts as passed, but is named. */
export function countPlaywright(ended: Ended): Count {
  return count(ended, ({ suites, errors, stats }: JSONReport) => {
    const remarkable = suites
      .flatMap(specsOf)
      .flatMap(({ title, file, tests }) => tests.map(({ status, results }) => ({ title, file, status, results })))
      .filter(({ status }) => status !== "expected")
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + stats.skipped + (errors.length > 0 ? 1 : 0),
      remarks: [
        ...remarkable.map(({ title, file, status, results }) =>
          remark(
            status === "unexpected" ? "failed" : status,
            `${file}: ${title}`,
            results.find(({ error }) => error)?.error?.message,
          ),
        ),
        ...errors.map(({ message }) => remark("did not run", "a file", message)),
      ],
    }
  })
}

/** Adds counts up. */
export function sum(counts: Pick<Count, "passed" | "failed">[]): Pick<Count, "passed" | "failed"> {
  return counts.reduce(
    (total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }),
    { passed: 0, failed: 0 },
  )
}

function count<Report>({ code, report }: Ended, read: (report: Report) => Count): Count {
  const found = readReport(report, read)
  if (!found) return { passed: 0, failed: 1, remarks: [`ended with exit code ${code} and no report`] }
  if (found.passed + found.failed === 0) return { ...found, failed: 1, remarks: ["ran no test"] }
  if (code !== 0 && found.failed === 0) {
    return { ...found, failed: 1, remarks: [...found.remarks, `ended with exit code ${code} although no test failed`] }
  }
  return found
}

/** What became of a test, and the first lines of why. */
function remark(status: string, title: string, failure = ""): string {
  const why = stripVTControlCharacters(failure)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, linesOfFailure)
  return [`${status}: ${title}`, ...why.map((line) => `  ${line}`)].join("\n")
}

function readReport<Report>(file: string, read: (report: Report) => Count): Count | undefined {
  try {
    const found = read(JSON.parse(readFileSync(file, "utf8")))
    return Number.isInteger(found.passed) && Number.isInteger(found.failed) ? found : undefined
  } catch {
    // The runner ended before it reported.
    return undefined
  }
}

const isPassed = ({ status }: { status: string }): boolean => status === "passed"

const specsOf = ({ specs, suites = [] }: JSONReportSuite): JSONReportSuite["specs"] => [
  ...specs,
  ...suites.flatMap(specsOf),
]
