import type { MessageRole } from "@strudel-agent/contract/message"
import { expect, it } from "vitest"
import { makeRun as run } from "#shared/live/run-test-bench.ts"
import { earlyEndOf, isAnswerOf, runOfMessage, standsAtEnd } from "./run-of-message.ts"

it("knows the answers of this installation's agent, and those that end early", () => {
  expect(runOfMessage({ run: 3 })).toBe(3)
  for (const run of [0, -1, 1.5, "3", null, undefined]) expect(runOfMessage({ run })).toBeUndefined()
  expect(runOfMessage(undefined)).toBeUndefined()
  expect(earlyEndOf({ run: 3, ended: "stopped" })).toBe("stopped")
  for (const ended of ["finished", "running", 1, undefined]) expect(earlyEndOf({ run: 3, ended })).toBeUndefined()
})

it("takes a message for a run's where that says so, and not one that was asked later", () => {
  expect(isAnswerOf(run({ askedIndex: 4, messageIndex: 5 }), 5)).toBe(true)
  expect(isAnswerOf(run({ askedIndex: 4, messageIndex: 5 }), 1)).toBe(false)
  expect(isAnswerOf(run({ askedIndex: 4 }), 5)).toBe(true)
  expect(isAnswerOf(run({ askedIndex: 4 }), 1)).toBe(false)
})

const message = (messageIndex: number, role: MessageRole) => ({
  ...{ sessionId: "00000000-0000-4000-8000-000000000000", messageIndex, role },
  ...{ content: "", timestamp: "2026-01-01T00:00:00.000Z", clientId: null },
})
const asked = message(0, "user")
const answer = message(1, "assistant")

it("shows the last run at the end until its message is there", () => {
  expect(standsAtEnd(run(), [asked], false)).toBe(true)
  expect(standsAtEnd(run({ state: "queued" }), [], true)).toBe(true)
  expect(standsAtEnd(run(), [asked, { ...answer, context: { run: 1 } }], false)).toBe(false)
  expect(standsAtEnd(run({ askedIndex: 4 }), [asked, { ...answer, context: { run: 1 } }], false)).toBe(true)
  const ended = run({ state: "finished", messageIndex: 1 })
  expect(standsAtEnd(ended, [asked], false)).toBe(true)
  expect(standsAtEnd(ended, [asked, answer], false)).toBe(false)
  expect(standsAtEnd(ended, [asked], true)).toBe(false)
})

it("shows a run without a message until somebody writes again", () => {
  const failed = run({ state: "failed" })
  expect(standsAtEnd(failed, [asked], false)).toBe(true)
  expect(standsAtEnd(failed, [asked, message(1, "note")], false)).toBe(true)
  expect(standsAtEnd(failed, [asked, message(1, "user")], false)).toBe(false)
  expect(standsAtEnd(run({ state: "finished" }), [asked], false)).toBe(false)
})
