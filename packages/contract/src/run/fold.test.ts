import { expect, it } from "vitest"
import type { RunEvent } from "../run.ts"
import { addRunEvent, stepsOf } from "./fold.ts"
import type { RunStep } from "./step.ts"

const text = (words: string): RunEvent => ({ type: "text", text: words })
const reasoning = (words: string): RunEvent => ({ type: "reasoning", text: words })
const call = (callId: string): RunEvent => ({ type: "call", callId, tool: "read", title: "Read", input: {} })
const result = (callId: string): RunEvent => ({ type: "result", callId, ok: true, text: "it" })

const events: RunEvent[] = [
  ...[reasoning("a"), reasoning("b"), text("c"), text("d"), call("1"), call("2"), result("2"), text("e")],
  ...[result("1"), result("3"), { type: "wait", words: "soon" } as const, text("f"), reasoning("g"), text("h")],
]

it("puts events together at once as it does one by one", () => {
  for (let count = 0; count <= events.length; count++) {
    const some = events.slice(0, count)
    expect(stepsOf(some)).toEqual(some.reduce<RunStep[]>(addRunEvent, []))
  }
  expect(stepsOf(events).map(({ type }) => type)).toEqual([
    ...["reasoning", "text", "call", "call", "text", "wait", "text", "reasoning", "text"],
  ])
})
