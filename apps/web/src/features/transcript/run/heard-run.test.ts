import type { RunEvent } from "@strudel-agent/contract/run"
import { stepsOf } from "@strudel-agent/contract/run/fold"
import { describe, expect, it } from "vitest"
import { makeRun as run } from "#shared/live/run-test-bench.ts"
import { hearRun, readRun } from "./heard-run.ts"

const events: RunEvent[] = [
  { type: "reasoning", text: "The kick is dull." },
  { type: "text", text: "I make the " },
  { type: "text", text: "kick punchier." },
  { type: "call", callId: "a", tool: "update_clip", title: "Change kick", input: {} },
  { type: "result", callId: "a", ok: true, text: "Version 2" },
  { type: "text", text: "Done." },
]

describe("a run that is heard", () => {
  it("is whole however its events are cut, and whatever of them comes again", () => {
    for (let first = 0; first <= events.length; first++) {
      for (let again = 0; again <= first; again++) {
        const begun = hearRun(undefined, { run: run(), from: 0, events: events.slice(0, first) })
        const news = { run: run({ revision: 2 }), from: again, events: events.slice(again) }
        const heard = hearRun(begun, news)
        expect(heard).toMatchObject({ steps: stepsOf(events), count: events.length, run: { revision: 2 } })
        expect(hearRun(heard, news)).toBe(heard)
      }
    }
  })

  it("waits for what is missing, and takes the state all the same", () => {
    const begun = hearRun(undefined, { run: run(), from: 0, events: events.slice(0, 2) })
    const later = hearRun(begun, { run: run({ revision: 3 }), from: 4, events: events.slice(4) })
    expect([later.steps, later.count, later.run.revision]).toEqual([begun.steps, 2, 3])
    expect(hearRun(later, { run: run({ revision: 3 }), from: 0, events }).steps).toEqual(stepsOf(events))
  })

  it("goes from one run to the next, and back to none", () => {
    const first = hearRun(undefined, { run: run(), from: 0, events })
    const second = hearRun(first, { run: run({ number: 2 }), from: 0, events: events.slice(0, 1) })
    expect([second.run.number, second.steps]).toEqual([2, stepsOf(events.slice(0, 1))])
    expect(hearRun(second, { run: run({ revision: 9 }), from: 0, events })).toBe(second)
  })

  it("shows what was read until what is told is as long", () => {
    const read = readRun(run({ revision: 5 }), stepsOf(events))
    const early = hearRun(read, { run: run({ revision: 4 }), from: 0, events: events.slice(0, 3) })
    expect([early.steps, early.run.revision]).toEqual([stepsOf(events), 5])
    const more: RunEvent[] = [...events, { type: "text", text: " Listen." }]
    expect(hearRun(early, { run: run({ revision: 6 }), from: 3, events: more.slice(3) }).steps).toEqual(stepsOf(more))
  })
})
