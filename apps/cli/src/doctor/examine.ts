import { printableLine } from "@strudel-agent/importer/printable"
import manifest from "../../package.json" with { type: "json" }
import { exitCodeOf } from "../failure.ts"
import type { Run } from "../run.ts"
import { examineAssistants } from "./examine-assistants.ts"
import { examineMachine, examineServer, examineSettings } from "./examine-server.ts"
import { exitCodeOfFindings, type Finding, problem } from "./finding.ts"

async function examineAll(run: Run): Promise<Finding[]> {
  let env: Run["env"]
  try {
    env = run.env
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return [problem("settings", message, { mend: "mend or unset the variable", exitCode: exitCodeOf(error) })]
  }
  return [
    ...(await examineMachine(env, process.versions.node)),
    ...examineSettings(env),
    ...(await examineServer(env, { version: manifest.version, fetch: (...asked) => run.fetch(...asked) })),
    ...(await examineAssistants(env)),
  ]
}

const signs = { ok: "ok", warning: "warning", problem: "PROBLEM" } as const

/** Looks at all that has to fit together, and tells what does not and how it is mended. */
export async function examine(run: Run): Promise<void> {
  const findings = await examineAll(run)
  run.print({
    json: () => ({ findings: findings.map(({ exitCode: _, ...finding }) => finding) }),
    text: () =>
      findings
        .flatMap(({ about, level, message, mend }) => [
          printableLine(`${signs[level].padEnd(8)} ${about}: ${message}`),
          ...(mend ? [printableLine(`${" ".repeat(8)} → ${mend}`)] : []),
        ])
        .map((line) => `${line}\n`)
        .join(""),
  })
  run.exitCode = exitCodeOfFindings(findings)
}
