import { expect, it } from "vitest"
import { takeKey } from "./keyboard-sequence.ts"

const run = () => undefined
const actions = [
  { id: "page", keys: "n", run },
  { id: "new", keys: "n", run },
  { id: "sessions", keys: "g s", run },
  { id: "clips", keys: "g c", run },
  { id: "map", keys: "?", run },
  { id: "told", keys: "x" },
]
const typed = (...keys: string[]) => {
  const found: string[] = []
  let pending: string[] = []
  for (const key of keys) {
    const step = takeKey(actions, pending, key)
    if (step.found) found.push(step.found.id)
    pending = step.pending
  }
  return { found, pending }
}

it("finds the first action under a key or a sequence", () => {
  expect(typed("n")).toEqual({ found: ["page"], pending: [] })
  expect(typed("g", "c")).toEqual({ found: ["clips"], pending: [] })
  expect(typed("g")).toEqual({ found: [], pending: ["g"] })
})

it("takes a key that leads nowhere as the first of another", () => {
  expect(typed("g", "n")).toEqual({ found: ["page"], pending: [] })
  expect(typed("g", "g", "s")).toEqual({ found: ["sessions"], pending: [] })
  expect(typed("s", "x", "Shift", "?")).toEqual({ found: ["map"], pending: [] })
})
