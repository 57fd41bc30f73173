import { expect, it } from "vitest"
import { workOf } from "./run-words.ts"

it("says what the agent is at", () => {
  const call = { type: "call", callId: "a", tool: "t", title: "Change kick", input: {}, result: null } as const
  expect(workOf([])).toBe("Reading")
  expect(workOf([{ type: "text", text: "Hm" }])).toBe("Writing")
  expect(workOf([call])).toBe("Change kick")
  expect(workOf([{ ...call, result: { ok: true, text: "" } }])).toBe("Thinking")
})
