import { exitCodes } from "../exit-code.ts"

export type Level = "ok" | "warning" | "problem"

/** What an examination found, and how it is mended. */
export interface Finding {
  /** What was looked at, in a word. */
  about: string
  level: Level
  message: string
  mend?: string
  /** What the program ends with where it is the worst. */
  exitCode?: number
}

export const fine = (about: string, message: string): Finding => ({ about, level: "ok", message })

export const warning = (about: string, message: string, mend: string): Finding => ({
  ...{ about, level: "warning", message, mend },
})

export const problem = (about: string, message: string, how: { mend: string; exitCode?: number }): Finding => ({
  ...{ about, level: "problem", message, exitCode: exitCodes.failed, ...how },
})

/** The exit code of findings: that of the first problem. A warning is none. */
export const exitCodeOfFindings = (findings: Finding[]): number =>
  findings.find(({ level }) => level === "problem")?.exitCode ?? exitCodes.done
