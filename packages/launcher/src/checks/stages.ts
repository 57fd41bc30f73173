import { join } from "node:path"
import { testEnvironment } from "../environment.ts"
import { type Command, withPackageManager } from "../package-manager.ts"
import { alone, turbo } from "../prepare.ts"
import { programOf, root } from "../project.ts"
import { say } from "../say.ts"
import { runNode, runTool, type ToolOptions, type ToolResult } from "../tool.ts"
import { type Count, countCheck, countPlaywright, countVitest } from "./count-tests.ts"
import { writeTypePrograms } from "./type-programs.ts"

/** A part of `npm test` that is counted for itself. */
export interface Stage {
  name: string
  /** Runs it, showing what it says or, if it is quiet, returning that. */
  execute(options: Pick<ToolOptions, "quiet">): Promise<ToolResult>
  count(result: ToolResult): Count
}

/** A stage that hangs is a failed one. */
const limit = 30 * 60_000

/**
 * The stages, in lists of those that run at the same time, where one computes while another waits. Their reports lie in a
 * folder.
 */
export function stages(reports: string): Stage[][] {
  const env = testEnvironment()
  const inPackages = (command: string) => (options: ToolOptions) =>
    runTool(withPackageManager(command), { env, limit, ...options })
  const node = (command: Command, own?: ToolOptions) => (options: ToolOptions) =>
    runNode(command, { env, limit, ...own, ...options })
  /** Runs all of some tools, one after the other; ends as the first that fails. */
  const each =
    (...tools: Stage["execute"][]): Stage["execute"] =>
    async (options) => {
      const all: ToolResult = { code: 0, output: "" }
      for (const tool of tools) {
        const { code, output } = await tool(options)
        all.code ||= code
        all.output += output
      }
      return all
    }
  const types: Stage["execute"] = (options) => {
    const pages = node([programOf("next", "apps/web"), "typegen"], { cwd: join(root, "apps/web") })
    const programs = writeTypePrograms(reports).map((file) => node([programOf("typescript"), "--project", file]))
    return each(pages, ...programs)(options)
  }
  const check = (name: string, execute: Stage["execute"]): Stage => ({ name, execute, count: countCheck })

  const vitest = (name: string, projects: string[], more: NodeJS.ProcessEnv = {}): Stage => {
    const report = join(reports, `${name}.json`)
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`]
    const command: Command = [programOf("vitest"), "run", ...reporters, ...projects.map((each) => `--project=${each}`)]
    return {
      name,
      execute: node(command, { env: { ...env, ...more } }),
      count: ({ code }) => countVitest({ code, report }),
    }
  }
  const playwright = (name: string, projects: string[]): Stage => {
    const report = join(reports, `${name}.json`)
    const results = ["--no-deps", `--output=test-results/${projects[0]}`, "--reporter=list,json"]
    const command: Command = [
      programOf("@playwright/test", "e2e"),
      "test",
      ...projects.map((each) => `--project=${each}`),
      ...results,
    ]
    return {
      name,
      execute: node(command, { cwd: join(root, "e2e"), env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } }),
      count: ({ code }) => countPlaywright({ code, report }),
    }
  }

  return [
    [
      check("Format and lint", node([programOf("@biomejs/biome"), "check", "."])),
      check("Package boundaries", inPackages("turbo boundaries --no-color")),
      check("Types", types),
    ],
    [check("Build", (options) => alone(say, () => inPackages(turbo("build"))(options)))],
    [
      vitest("Tests", ["!faults"]),
      vitest("Database tests on PostgreSQL 15", ["database", "api"], { STRUDEL_TEST_POSTGRES: "15" }),
      // They start what was built, and wait more than they compute.
      vitest("Faults", ["faults"]),
    ],
    [playwright("Browser tests", ["pages", "whole"])],
    [playwright("Browser tests of sound and time", ["timed"])],
  ]
}
