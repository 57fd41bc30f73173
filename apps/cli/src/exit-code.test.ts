import { type Reason, reasons } from "@strudel-agent/contract/reason"
import { expect, it } from "vitest"
import { exitCodeOfReason } from "./exit-code.ts"

const isReason = (text: string): text is Reason => Object.hasOwn(reasons, text)
const all = Object.keys(reasons).filter(isReason)

it.each([
  ["CLIP_NOT_FOUND", 3],
  ["PATH_NOT_FOUND", 3],
  ["BAD_INPUT", 4],
  ["BODY_TOO_LARGE", 4],
  ["TOKEN_REQUIRED", 4],
  ["HOST_REFUSED", 4],
  ["ANALYSER_BUSY", 4],
  ["CLIP_METADATA_FULL", 4],
  ["STORAGE_FULL", 4],
  ["SERVER_BUSY", 4],
  ["DATABASE_TIMEOUT", 4],
  ["DATABASE_READ_ONLY", 4],
  ["DATABASE_OUT_OF_MEMORY", 4],
  ["STORAGE_FAILED", 4],
  ["CLIP_CHANGED", 5],
  ["SONG_IN_USE", 5],
  ["SESSION_TERMINATED", 5],
  ["DATABASE_AWAY", 6],
  ["UNREACHABLE", 6],
  ["INTERNAL", 1],
] as const)("ends with the code of its kind after %s", (reason, code) => {
  expect(exitCodeOfReason(reason)).toBe(code)
})

it("knows what is not found, what conflicts and what is full by their names, so that a new reason has its code", () => {
  for (const reason of all) {
    const code = exitCodeOfReason(reason)
    if (reason.endsWith("_NOT_FOUND")) expect([reason, code]).toEqual([reason, 3])
    if (/_(FULL|BUSY)$/.test(reason)) expect([reason, code]).toEqual([reason, 4])
    if (/_(EXISTS|CHANGED|IN_USE|MISSING)$/.test(reason)) expect([reason, code]).toEqual([reason, 5])
    // A script that waits for a server must not wait for one that has answered.
    expect([reason, code === 6]).toEqual([reason, reason === "DATABASE_AWAY"])
    expect([1, 3, 4, 5, 6]).toContain(code)
  }
})
