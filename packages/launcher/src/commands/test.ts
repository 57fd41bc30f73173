import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sum } from "../checks/count-tests.ts"
import { runStages } from "../checks/run-stages.ts"
import { stages } from "../checks/stages.ts"
import { endWhenAsked } from "../ending.ts"
import { prepareSources } from "../prepare.ts"
import { Refusal } from "../refusal.ts"
import { say, warn } from "../say.ts"

/** `npm test`: everything that must be green, stage after stage; resolves to 1 if anything failed, else to 0. */
export async function run(): Promise<number> {
  endWhenAsked(130)
  const reports = mkdtempSync(join(tmpdir(), "strudel-agent-reports-"))
  process.once("exit", () => rmSync(reports, { recursive: true, force: true }))
  const { passed, failed } = (await isPrepared())
    ? sum(await runStages(stages(reports), say))
    : { passed: 0, failed: 1 }
  say(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

async function isPrepared(): Promise<boolean> {
  try {
    await prepareSources(say)
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    warn(error.message)
    return false
  }
}
