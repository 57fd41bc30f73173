import { expect, it } from "vitest"
import { begin, type Editing } from "./clip-editing.ts"
import { findClashes, meetMerging, resolveContent } from "./clip-merge.ts"

const base = ["one", "two", "three", "four", "five", "six", "seven"].join("\n")

const stored = { version: 1, name: "Kick", code: base, metadata: { bpm: 120, scale: "C", tags: ["a"], source: "tape" } }

function edited(): Editing {
  const editing = begin(stored)
  const draft = { ...editing.draft, name: "Mine", fields: { ...editing.draft.fields, bpm: "124", scale: "" } }
  const newest = {
    ...stored,
    version: 2,
    name: "Theirs",
    metadata: { bpm: 130, scale: "C", tags: ["b"], source: "cd" },
  }
  return { ...editing, newest, draft }
}

it("asks only for what both sides changed", () => {
  expect(findClashes(edited())).toEqual([
    { part: "name", mine: "Mine", theirs: "Theirs" },
    { part: "bpm", mine: 124, theirs: 130 },
  ])
})

it("keeps what either side changed alone, and what was chosen of the rest", () => {
  expect(resolveContent(edited(), { code: "c", chosen: { name: "theirs" } })).toEqual({
    name: "Theirs",
    code: "c",
    metadata: { bpm: 124, tags: ["b"], source: "cd" },
  })
})

it("takes theirs where it is chosen, also of what only I changed", () => {
  expect(resolveContent(edited(), { code: "c", chosen: { scale: "theirs", bpm: "theirs", tags: "mine" } })).toEqual({
    name: "Mine",
    code: "c",
    metadata: { bpm: 130, scale: "C", tags: ["b"], source: "cd" },
  })
})

it("puts a version that comes later under the merge, and tells what does not fit", () => {
  const editing = edited()
  const on = { ...editing.newest, code: base.replace("two", "TWO") }
  const code = `${on.code} by hand`
  const third = { ...on, version: 3, code: on.code.replace("four", "FOUR") }
  const fitted = meetMerging({ ...editing, newest: third }, { on, code, chosen: {}, byHand: true })
  expect(fitted).toEqual({ on: third, code: `${third.code} by hand`, chosen: {}, byHand: true, met: 3 })

  const fourth = { ...third, version: 4, code: `${third.code} theirs`, metadata: { ...third.metadata, bpm: 140 } }
  const unfit = meetMerging({ ...editing, newest: fourth }, fitted)
  expect(unfit).toMatchObject({ on: fourth, code: fitted.code, unseen: { version: 4, code: true, parts: ["bpm"] } })

  const fifth = { ...fourth, version: 5, code: fourth.code.replace("two", "2") }
  expect(meetMerging({ ...editing, newest: fifth }, unfit).unseen).toEqual({ version: 5, code: true, parts: ["bpm"] })
})
