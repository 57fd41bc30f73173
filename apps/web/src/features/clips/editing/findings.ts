import type { Problem } from "@strudel-agent/sandbox/protocol"
import type { Answer, Warning } from "@strudel-agent/strudel/result"

/** What is wrong with code, or may be; lines and columns from 1. */
export interface Finding {
  severity: "error" | "warning" | "info"
  message: string
  line: number | null
  column: number | null
}

/** Warnings of what works here in another way than elsewhere, which is no fault of the code. */
const harmless = new Set<Warning["kind"]>(["visual", "ignored", "log", "cut"])

/** What draws in place is drawn by the editor. */
const isDrawn = ({ kind, name }: Warning): boolean => kind === "visual" && name?.startsWith("_") === true

const ofProblem = ({ message, line, column }: Problem): Finding => ({ severity: "error", message, line, column })

/** What an analysis found, errors first, then by line; `heard` is what stopped while it played. */
export function findingsOf(answer: Answer, heard?: Problem): Finding[] {
  const errors = [...(answer.ok ? [] : [answer.error]), ...(heard ? [heard] : [])].map(ofProblem)
  const warnings = answer.warnings
    .filter((warning) => !isDrawn(warning))
    .map(
      ({ kind, message, place }): Finding => ({
        severity: harmless.has(kind) ? "info" : "warning",
        message,
        line: place?.line ?? null,
        column: place?.column ?? null,
      }),
    )
  const all = [...errors, ...warnings]
  const same = (one: Finding, other: Finding) => one.message === other.message && one.line === other.line
  return all
    .filter((finding, place) => all.findIndex((each) => same(each, finding)) === place)
    .sort((one, other) => rank(one) - rank(other) || (one.line ?? 0) - (other.line ?? 0))
}

const rank = ({ severity }: Finding): number => (severity === "error" ? 0 : 1)

/** Why code does not play. */
export const faultOf = (findings: Finding[]): Finding | undefined =>
  findings.find(({ severity }) => severity === "error")

/** What was found before, when the clip was stored. */
export const findingsOfProblem = (problem: Problem | null): Finding[] => (problem ? [ofProblem(problem)] : [])

/** What is said of the findings in one line. */
export function countInWords(findings: Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length
  const others = findings.length - errors
  return [
    errors > 0 && `${errors} ${errors === 1 ? "error" : "errors"}`,
    others > 0 && `${others} ${others === 1 ? "note" : "notes"}`,
  ]
    .filter(Boolean)
    .join(", ")
}
