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

/** Of several checkers of one program each works out anew what they share: four cost more than twice as much as one. */
const oneChecker = ["--checkers", "1"]

const asOne = (results: ToolResult[]): ToolResult => ({
  code: results.find(({ code }) => code !== 0)?.code ?? 0,
  output: results.map(({ output }) => output).join(""),
})

/** Packages whose tests share what they load do so with each other, too. */
const together = { STRUDEL_TEST_TOGETHER: "true" }

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
      const results: ToolResult[] = []
      for (const tool of tools) results.push(await tool(options))
      return asOne(results)
    }
  /** Runs some tools at the same time; ends as the first that fails. */
  const atOnce =
    (...tools: Stage["execute"][]): Stage["execute"] =>
    async (options) =>
      asOne(await Promise.all(tools.map((tool) => tool(options))))
  const types: Stage["execute"] = (options) => {
    const pages = node([programOf("next", "apps/web"), "typegen"], { cwd: join(root, "apps/web") })
    const programs = writeTypePrograms(reports).map((file) =>
      node([programOf("typescript"), ...oneChecker, "--project", file]),
    )
    // The first has most packages, and takes as long as the others.
    return each(pages, atOnce(each(...programs.slice(0, 1)), each(...programs.slice(1))))(options)
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
  const playwright = (name: string): Stage => {
    const report = join(reports, `${name}.json`)
    return {
      name,
      execute: node([programOf("@playwright/test", "e2e"), "test", "--reporter=list,json"], {
        cwd: join(root, "e2e"),
        env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      }),
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
      vitest("Tests", ["!faults"], together),
      vitest("Database tests on PostgreSQL 15", ["together"], { ...together, STRUDEL_TEST_POSTGRES: "15" }),
      // They start what was built, and wait more than they compute.
      vitest("Faults", ["faults"]),
    ],
    [playwright("Browser tests")],
  ]
}
