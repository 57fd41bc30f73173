import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { countCheck, countNodeTests, countPlaywright, countVitest, sum } from "./count-tests.mjs"
import { endWhenAsked } from "./ending.mjs"
import { testEnvironment } from "./environment.mjs"
import { withPackageManager } from "./package-manager.mjs"
import { alone, prepareSources, turbo } from "./prepare.mjs"
import { programOf, root } from "./project.mjs"
import { Refusal } from "./refusal.mjs"
import { complain, inWords, say } from "./say.mjs"
import { runNode, runTool } from "./tool.mjs"

const minute = 60_000
/** A stage that hangs is a failed one. */
const limit = 30 * minute

/** `npm test`: everything that must be green, stage after stage; resolves to 1 if anything failed, else to 0. */
export async function run() {
  endWhenAsked(130)
  const reports = mkdtempSync(join(tmpdir(), "strudel-agent-reports-"))
  process.once("exit", () => rmSync(reports, { recursive: true, force: true }))
  const counts = await runStages(reports)
  const { passed, failed } = sum(counts)
  say(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

async function runStages(reports) {
  try {
    await prepareSources(say)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    complain(error.message)
    return [{ passed: 0, failed: 1 }]
  }
  const results = []
  for (const together of stages(reports)) results.push(...(await Promise.all(together.map(runStage))))
  say("")
  for (const { name, words, counts } of results) {
    say(`${name}: ${words}`)
    sayRemarks(counts)
  }
  say("")
  return results.map(({ counts }) => counts)
}

async function runStage({ name, execute, count, report }) {
  say(`\n${name}…`)
  const begin = Date.now()
  const { code } = await execute()
  const counts = count({ code, report })
  const words = `${counts.passed} passed, ${counts.failed} failed, in ${inWords(Date.now() - begin)}`
  say(`${name}: ${words}`)
  sayRemarks(counts)
  return { name, words, counts }
}

function sayRemarks({ remarks }) {
  for (const remark of remarks) say(remark.replace(/^/gm, "  "))
}

/** The stages, in lists of those that run at the same time, one of which waits more than it computes. */
function stages(reports) {
  const env = testEnvironment()
  const node = (command, options) => () => runNode(command, { env, limit, ...options })
  const inPackages = (command) => () => runTool(withPackageManager(command), { env, limit })
  const reportOf = (name) => join(reports, name)
  const vitest = (report, ...args) => [
    programOf("vitest"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...args,
  ]
  const launcherReport = reportOf("launcher.tap")
  const testReport = reportOf("vitest.json")
  const olderReport = reportOf("vitest-15.json")
  const faultsReport = reportOf("vitest-faults.json")
  const browserTests = (name, ...projects) => {
    const report = reportOf(`playwright-${projects[0]}.json`)
    const args = [
      "test",
      ...projects.map((project) => `--project=${project}`),
      "--no-deps",
      `--output=test-results/${projects[0]}`,
      "--reporter=list,json",
    ]
    const options = { cwd: join(root, "e2e"), env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } }
    return {
      name,
      execute: node([programOf("@playwright/test", "e2e"), ...args], options),
      count: countPlaywright,
      report,
    }
  }

  const format = {
    name: "Format and lint",
    execute: node([programOf("@biomejs/biome"), "check", "."]),
    count: countCheck,
  }
  const boundaries = {
    name: "Package boundaries",
    execute: inPackages("turbo boundaries --no-color"),
    count: countCheck,
  }
  const types = {
    name: "Types",
    execute: inPackages(turbo("typecheck")),
    count: countCheck,
  }
  const launcher = {
    name: "Launcher tests",
    execute: node(["--test", ...nodeTestReporters(launcherReport), ...launcherTests()]),
    count: countNodeTests,
    report: launcherReport,
  }
  const tests = {
    name: "Tests",
    execute: node(vitest(testReport, "--project=!faults")),
    count: countVitest,
    report: testReport,
  }
  const older = {
    name: "Database tests on PostgreSQL 15",
    execute: node(vitest(olderReport, "--project=database", "--project=api"), {
      env: { ...env, STRUDEL_TEST_POSTGRES: "15" },
    }),
    count: countVitest,
    report: olderReport,
  }
  const build = {
    name: "Build",
    execute: () => alone(say, inPackages(turbo("build"))),
    count: countCheck,
  }
  // They start what was built.
  const faults = {
    name: "Faults",
    execute: node(vitest(faultsReport, "--project=faults")),
    count: countVitest,
    report: faultsReport,
  }
  const pages = browserTests("Browser tests", "pages", "whole")
  const timed = browserTests("Browser tests of sound and time", "timed")
  return [[format], [boundaries], [types, launcher], [tests], [build], [older, faults], [pages], [timed]]
}

function nodeTestReporters(report) {
  const spec = ["--test-reporter=spec", "--test-reporter-destination=stdout"]
  return [...spec, "--test-reporter=tap", `--test-reporter-destination=${report}`, "--test-concurrency=1"]
}

function launcherTests() {
  return readdirSync(join(root, "scripts"))
    .filter((name) => name.endsWith(".test.mjs"))
    .map((name) => join(root, "scripts", name))
}
