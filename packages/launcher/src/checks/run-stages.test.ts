import { expect, test } from "vitest"
import { countCheck } from "./count-tests.ts"
import { runStages } from "./run-stages.ts"
import type { Stage } from "./stages.ts"

test("stages that run at the same time are told whole, one that runs alone shows what it says as it comes", async () => {
  const lines: string[] = []
  const quiet: (boolean | undefined)[] = []
  const stage = (name: string, code: number, after: Promise<unknown> = Promise.resolve()): Stage => ({
    name,
    count: countCheck,
    async execute(options) {
      quiet.push(options.quiet)
      await after
      return { code, output: options.quiet ? `${name} 1\n${name} 2\n` : "" }
    },
  })
  const slow = new Promise((resolve) => setTimeout(resolve, 50))
  const counts = await runStages([[stage("alone", 0)], [stage("slow", 1, slow), stage("fast", 0)]], (line) =>
    lines.push(line),
  )
  expect(counts.map(({ passed, failed }) => [passed, failed])).toEqual([
    [1, 0],
    [0, 1],
    [1, 0],
  ])
  expect(quiet).toEqual([false, true, true])
  const said = lines.join("\n")
  for (const name of ["slow", "fast"]) expect(said).toMatch(new RegExp(`\n${name} 1\n${name} 2\n\n${name}: \\d passed`))
  expect(said.indexOf("fast 2")).toBeLessThan(said.indexOf("slow 1"))
})
