import { ChangeSet } from "@codemirror/state"
import { expect, it } from "vitest"
import { createSinceLoad } from "./since-load.ts"

const change = (length: number, from: number, to: number, insert: string) =>
  ChangeSet.of({ from, to, insert }, length).desc

it("finds an event's place behind text that was put before it", () => {
  const since = createSinceLoad([{ code: 's("bd hh")', at: 0 }], 's("bd hh")')
  since.change(change(10, 0, 0, "// "))
  expect(since.find([3, 5], 100)).toEqual({ from: 6, to: 8 })
})

it("finds nothing where the text of an event is gone", () => {
  const since = createSinceLoad([{ code: 's("bd hh")', at: 0 }], 's("bd hh")')
  since.change(change(10, 3, 6, ""))
  expect(since.find([3, 5], 100)).toBeUndefined()
  expect(since.find([6, 8], 100)).toEqual({ from: 3, to: 5 })
})

it("maps into a text that differed from the code when the editor opened", () => {
  const since = createSinceLoad([{ code: 's("bd hh")', at: 0 }], '// a draft\ns("bd hh")')
  expect(since.find([6, 8], 100)).toEqual({ from: 17, to: 19 })
})

it("takes the code that is heard at an event's moment", () => {
  const since = createSinceLoad([{ code: 's("bd")', at: 0 }], 's("hh bd")')
  since.load({ code: 's("hh bd")', at: 500 }, 's("hh bd")')
  expect(since.find([3, 5], 499)).toEqual({ from: 6, to: 8 })
  expect(since.find([3, 5], 500)).toEqual({ from: 3, to: 5 })
})

it("passes over places beyond the code", () => {
  const since = createSinceLoad([{ code: "s", at: 0 }], "s")
  expect(since.find([3, 5], 0)).toBeUndefined()
  expect(createSinceLoad([], "s").find([0, 1], 0)).toBeUndefined()
})

it("finds a place of the text in the code that was taken up last, also where that place was typed anew", () => {
  const since = createSinceLoad([{ code: "slider(0.5)", at: 0 }], "slider(0.5)")
  since.change(change(11, 0, 0, "// "))
  since.change(change(14, 10, 13, "1"))
  expect(since.inLoaded(10)).toBe(7)
  expect(createSinceLoad([], "s").inLoaded(0)).toBeUndefined()
})
