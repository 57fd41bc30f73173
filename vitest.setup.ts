import { readFileSync } from "node:fs"
import { expect } from "vitest"

/**
 * Properties meet the same values at each run, so that a run tells of the change that was made and of nothing else.
 * STRUDEL_TEST_SEED names another number to look further with.
 */
const seed = Number(process.env.STRUDEL_TEST_SEED ?? 20_240_607)

const { testPath } = expect.getState()
if (testPath && readFileSync(testPath, "utf8").includes('from "fast-check"')) {
  const { default: fc } = await import("fast-check")
  fc.configureGlobal({ seed })
}
