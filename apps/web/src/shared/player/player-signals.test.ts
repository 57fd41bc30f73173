import type { Position } from "@strudel-agent/sandbox/protocol"
import { expect, it } from "vitest"
import { createSignals, positionAt } from "./player-signals.ts"

const reported: Position = { cycle: 8, cps: 0.5, section: "a", into: 3, of: 4, until: null, at: 10_000 }

it("moves a position on by the time since it was reported, within its section", () => {
  expect(positionAt(reported, 11_000)).toEqual({ cycle: 8.5, into: 3.5 })
  expect(positionAt(reported, 14_000)).toEqual({ cycle: 10, into: 4 })
  expect(positionAt(reported, 9_000)).toEqual({ cycle: 8, into: 3 })
  expect(positionAt({ ...reported, until: 9 }, 14_000).cycle).toBeCloseTo(8.999)
})

it("remembers the codes of a clip whose events may still come, and forgets all when it falls silent", () => {
  const signals = createSignals()
  for (const code of ["1", "2", "3", "4"]) signals.load("p/a", { code, at: Number(code) })
  expect(signals.loadsOf("p/a").map(({ code }) => code)).toEqual(["2", "3", "4"])
  const peaks: number[] = []
  const stop = signals.levels.listen(({ peak }) => peaks.push(peak))
  signals.clear()
  stop()
  signals.clear()
  expect(signals.loadsOf("p/a")).toEqual([])
  expect(peaks).toEqual([0])
})
