import { Text } from "@codemirror/state"
import type { Answer } from "@strudel-agent/strudel/result"
import { expect, it } from "vitest"
import { stretchOf } from "./editor-checks.ts"
import { countInWords, faultOf, findingsOf } from "./findings.ts"

const failed: Answer = {
  ok: false,
  error: { stage: "parse", message: "Unexpected token.", line: 3, column: 4 },
  warnings: [
    { kind: "visual", message: "Nothing is drawn here.", name: "scope", place: { line: 9, column: 1 } },
    { kind: "visual", message: "It is drawn in place.", name: "_scope", place: { line: 10, column: 1 } },
    { kind: "unknownSound", message: "Nobody knows casio.", name: "casio", place: { line: 2, column: 1 } },
  ],
}

it("lists errors first, then what else was found by line, each once", () => {
  const heard = { stage: "parse", message: "Unexpected token.", line: 3, column: 4 } as const
  const findings = findingsOf(failed, heard)
  expect(findings.map(({ severity, line }) => `${severity} ${line}`)).toEqual(["error 3", "warning 2", "info 9"])
  expect(faultOf(findings)).toEqual({ severity: "error", message: "Unexpected token.", line: 3, column: 4 })
  expect(countInWords(findings)).toBe("1 error, 2 notes")
  expect(faultOf(findings.slice(1))).toBeUndefined()
})

const doc = Text.of(['s("bd")', "  .gain(x)", ""])
const place = (line: number | null, column: number | null) =>
  stretchOf(doc, { severity: "error", message: "", line, column })

it("finds the word of a finding, or its line", () => {
  expect(place(2, 9)).toEqual({ from: 16, to: 17 })
  expect(place(2, 4)).toEqual({ from: 11, to: 15 })
  expect(place(2, null)).toEqual({ from: 10, to: 18 })
})

it("stays within the text, whatever is said of it", () => {
  expect(place(1, 99)).toEqual({ from: 6, to: 7 })
  expect(place(3, 1)).toEqual({ from: 19, to: 19 })
  expect(place(9, 1)).toBeUndefined()
  expect(place(null, null)).toBeUndefined()
})
