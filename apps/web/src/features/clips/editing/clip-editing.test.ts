import { expect, it } from "vitest"
import {
  begin,
  changedParts,
  contentOf,
  type Editing,
  isBehind,
  isDirty,
  leaveMerging,
  meet,
  resume,
  type Stored,
  settle,
  settleMerging,
  type,
} from "./clip-editing.ts"

const stored = (rest: Partial<Stored> = {}): Stored => ({
  version: 3,
  name: "Kick",
  code: "a",
  metadata: { bpm: 120, mood: { x: 1, y: 2 } },
  ...rest,
})

const typing = (code: string) => {
  const editing = begin(stored())
  return { ...editing, draft: { ...editing.draft, code } }
}

it("is unsaved exactly while it would be stored as something else", () => {
  const editing = begin(stored())
  expect(isDirty(editing)).toBe(false)
  expect(isDirty({ ...editing, draft: { ...editing.draft, name: " Kick " } })).toBe(false)
  expect(isDirty({ ...editing, base: stored({ metadata: { mood: { y: 2, x: 1 }, bpm: 120 } }) })).toBe(false)
  expect(isDirty(typing("b"))).toBe(true)
  expect(changedParts(editing.base, contentOf(typing("b")))).toEqual({ code: "b" })
})

it("takes over what others store while nothing is unsaved", () => {
  const met = meet(begin(stored()), stored({ version: 4, code: "theirs" }))
  expect(met).toEqual(begin(stored({ version: 4, code: "theirs" })))
  expect(meet(met, stored())).toBe(met)
})

it("keeps what is unsaved when others store, and knows of theirs", () => {
  const met = meet(typing("mine"), stored({ version: 4, code: "theirs" }))
  expect(met.draft.code).toBe("mine")
  expect(isBehind(met)).toBe(true)
  expect(met.newest.code).toBe("theirs")
})

it("finds its own text stored by an answer that never came", () => {
  const met = meet(typing("mine"), stored({ version: 4, code: "mine" }))
  expect([isDirty(met), isBehind(met), met.base.version]).toEqual([false, false, 4])
})

it("keeps what was typed while it was being saved", () => {
  const editing = typing("sent and more")
  const settled = settle(editing, stored({ version: 4, code: "sent" }))
  expect([settled.draft.code, isDirty(settled), isBehind(settled)]).toEqual(["sent and more", true, false])
})

it("stores a name alone without taking unsaved code for stored", () => {
  const editing = typing("unfinished")
  const settled = settle(
    { ...editing, draft: { ...editing.draft, name: "Boom" } },
    stored({ version: 4, name: "Boom" }),
  )
  expect(changedParts(settled.base, contentOf(settled))).toEqual({ code: "unfinished" })
})

/** Merged by hand on top of version 4, which was stored while version 3 was changed. */
const merging = (code: string): Editing => {
  const theirs = stored({ version: 4, code: "theirs" })
  const met = meet(typing("mine"), theirs)
  return { ...met, draft: { ...met.draft, merging: { on: theirs, code, chosen: {}, byHand: true } } }
}

it("keeps a merge by hand whatever else is stored, until it is stored itself", () => {
  const met = meet(merging("by hand"), stored({ version: 5, code: "mine" }))
  expect([met.draft.merging?.code, isBehind(met)]).toEqual(["by hand", true])
  const fifth = stored({ version: 5, code: "by hand" })
  expect(settleMerging(merging("by hand"), fifth)).toEqual(begin(fifth))
  const more = settleMerging(merging("by hand and more"), fifth)
  expect([more.draft.code, isDirty(more), isBehind(more), more.draft.merging]).toEqual([
    "by hand and more",
    true,
    false,
    undefined,
  ])
})

it("goes on editing what was merged by hand, and still knows that the other version was not stored over", () => {
  const editing = merging("by hand")
  const left = { ...editing, draft: leaveMerging(editing.draft, { ...stored(), code: "by hand" }) }
  expect([left.draft.code, left.base.version, isBehind(left)]).toEqual(["by hand", 3, true])
  expect(type(left.draft, { code: "by hand, typed on" }).merging?.code).toBe("by hand, typed on")
  const { draft, newest } = merging("both")
  const untouched = { ...draft, merging: { on: newest, code: "both", chosen: {}, byHand: false } }
  expect(leaveMerging(untouched, { ...stored(), code: "both" })).toEqual(typing("mine").draft)
})

it("goes on with a merge that was kept, or with its code where the versions are no more", () => {
  const kept = merging("by hand")
  expect(resume(kept, kept.newest).draft.merging?.code).toBe("by hand")
  const gone = resume(kept, stored({ version: 1 }))
  expect([gone.draft.code, gone.draft.merging]).toEqual(["by hand", undefined])
})
