import { expect, it } from "vitest"
import { endingOf, workOf } from "./run-words.ts"

it("says what the agent is at", () => {
  const call = { type: "call", callId: "a", tool: "t", title: "Change kick", input: {}, result: null } as const
  expect(workOf([])).toBe("Reading")
  expect(workOf([{ type: "text", text: "Hm" }])).toBe("Writing")
  expect(workOf([call])).toBe("Change kick")
  expect(workOf([{ ...call, result: { ok: true, text: "" } }])).toBe("Thinking")
})

it("says who stopped it: you, somebody in another browser, or who has a name", () => {
  const [own, other] = ["0197a4f0-0000-4000-8000-000000000001", "0197a4f0-0000-4000-8000-000000000002"]
  const stopped = (stoppedBy: string | null) => endingOf({ state: "stopped", failure: null, stoppedBy }, own)
  expect(stopped(own)).toBe("Stopped by you")
  expect(stopped(other)).toBe("Stopped by somebody else")
  expect(stopped("Anna")).toBe("Stopped by Anna")
  expect(stopped(null)).toBe("Stopped")
})

it("says of a run that a browser stopped no more than that, while its own id is not known", () => {
  const stopped = (stoppedBy: string) => endingOf({ state: "stopped", failure: null, stoppedBy })
  expect(stopped("0197a4f0-0000-4000-8000-000000000001")).toBe("Stopped")
  expect(stopped("Anna")).toBe("Stopped by Anna")
})
