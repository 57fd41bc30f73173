import { expect, it } from "vitest"
import { moveDraft, type Shelf } from "#shared/versioned-draft/kept-draft.ts"
import { clipDrafts, draftKey, toKept } from "./clip-draft.ts"
import { begin } from "./clip-editing.ts"

function shelf(room = Number.POSITIVE_INFINITY) {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, value: string) {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError")
      kept.set(key, value)
    },
    removeItem: (key: string) => void kept.delete(key),
  }
}

const clip = { projectId: "house", id: "kick" }
const key = draftKey(clip)
const placeOn = (store: Shelf, of = clip) => clipDrafts(of, () => store)
const editing = begin({ version: 3, name: "Kick", code: "a", metadata: { bpm: 120 } })

it("gives back what was kept, with the version that it began from", () => {
  const place = placeOn(shelf())
  expect(place.keep({ ...editing, draft: { ...editing.draft, code: "b" } }, "page")).toBe(true)
  expect(place.read()).toMatchObject({ base: { version: 3 }, draft: { code: "b" }, by: "page" })
})

it("gives back what was typed before the form had a field for the beats of a cycle", () => {
  const store = shelf()
  const base = { ...editing.base, metadata: { bpm: 120, beats_per_cycle: 3 } }
  const { beats_per_cycle, ...fields } = editing.draft.fields
  store.setItem(key, JSON.stringify({ base, draft: { ...editing.draft, fields }, at: 1, by: "page" }))
  expect(placeOn(store).read()?.draft.fields).toEqual({ ...fields, beats_per_cycle: "3" })
})

it("gives back what was merged by hand, and no more of a merge than that", () => {
  const store = shelf()
  const place = placeOn(store)
  const merging = {
    on: { ...editing.base, version: 4 },
    code: "both",
    chosen: { bpm: "theirs" },
    byHand: true,
  } as const
  const { base, draft } = editing
  place.keep(toKept({ base, draft: { ...draft, merging } }), "page")
  expect(place.read()?.draft.merging).toEqual(merging)
  place.keep(toKept({ base, draft: { ...draft, merging: { ...merging, byHand: false } } }), "page")
  expect(place.read()).toMatchObject({ draft: { merging: undefined } })
  // As it may lie there, too: the merge beside the draft.
  store.setItem(key, JSON.stringify({ base, draft, merging, at: 1, by: "page" }))
  expect(place.read()?.draft.merging).toEqual(merging)
})

it("says when there is no room, and keeps nothing of what another page wrote from being read", () => {
  expect(placeOn(shelf(10)).keep(editing, "page")).toBe(false)
  const place = placeOn(shelf())
  place.keep(editing, "one")
  place.drop("another")
  expect(place.read()?.by).toBe("one")
  place.drop()
  expect(place.read()).toBeUndefined()
})

it("carries a draft to where its clip has moved, in place of one that an earlier clip left there", () => {
  const moved = { projectId: "techno", id: "kick" }
  const to = draftKey(moved)
  const store = shelf()
  const [from, there] = [placeOn(store), placeOn(store, moved)]
  moveDraft(store, key, to)
  expect(there.read()).toBeUndefined()
  from.keep(editing, "one")
  moveDraft(store, key, to)
  expect(from.read()).toBeUndefined()
  expect(there.read()?.by).toBe("one")
  from.keep(editing, "another")
  moveDraft(store, key, to)
  expect(there.read()?.by).toBe("another")
})

it.each(["", "null", "[]", "{", '{"base":{},"draft":{},"at":1,"by":"x"}'])(
  "passes over what is no draft: %j",
  (text) => {
    const store = shelf()
    store.setItem(key, text)
    expect(placeOn(store).read()).toBeUndefined()
  },
)
