import { expect, it } from "vitest"
import { draftKey, dropDraft, keepDraft, moveDraft, readDraft } from "./clip-draft.ts"
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

const key = draftKey({ projectId: "house", id: "kick" })
const editing = begin({ version: 3, name: "Kick", code: "a", metadata: { bpm: 120 } })

it("gives back what was kept, with the version that it began from", () => {
  const store = shelf()
  expect(keepDraft(store, key, { ...editing, draft: { ...editing.draft, code: "b" } }, "page")).toBe(true)
  expect(readDraft(store, key)).toMatchObject({ base: { version: 3 }, draft: { code: "b" }, by: "page" })
})

it("gives back what was typed before the form had a field for the beats of a cycle", () => {
  const store = shelf()
  const base = { ...editing.base, metadata: { bpm: 120, beats_per_cycle: 3 } }
  const { beats_per_cycle, ...fields } = editing.draft.fields
  store.setItem(key, JSON.stringify({ base, draft: { ...editing.draft, fields }, at: 1, by: "page" }))
  expect(readDraft(store, key)?.draft.fields).toEqual({ ...fields, beats_per_cycle: "3" })
})

it("gives back what was merged by hand, and no more of a merge than that", () => {
  const store = shelf()
  const merging = {
    on: { ...editing.base, version: 4 },
    code: "both",
    chosen: { bpm: "theirs" },
    byHand: true,
  } as const
  keepDraft(store, key, { ...editing, merging }, "page")
  expect(readDraft(store, key)?.merging).toEqual(merging)
  keepDraft(store, key, { ...editing, merging: { ...merging, byHand: false } }, "page")
  expect(readDraft(store, key)?.merging).toBeUndefined()
})

it("says when there is no room, and keeps nothing of what another page wrote from being read", () => {
  expect(keepDraft(shelf(10), key, editing, "page")).toBe(false)
  const store = shelf()
  keepDraft(store, key, editing, "one")
  dropDraft(store, key, "another")
  expect(readDraft(store, key)?.by).toBe("one")
  dropDraft(store, key)
  expect(readDraft(store, key)).toBeUndefined()
})

it("carries a draft to where its clip has moved, in place of one that an earlier clip left there", () => {
  const to = draftKey({ projectId: "techno", id: "kick" })
  const store = shelf()
  moveDraft(store, key, to)
  expect(readDraft(store, to)).toBeUndefined()
  keepDraft(store, key, editing, "one")
  moveDraft(store, key, to)
  expect(readDraft(store, key)).toBeUndefined()
  expect(readDraft(store, to)?.by).toBe("one")
  keepDraft(store, key, editing, "another")
  moveDraft(store, key, to)
  expect(readDraft(store, to)?.by).toBe("another")
})

it.each(["", "null", "[]", "{", '{"base":{},"draft":{},"at":1,"by":"x"}'])(
  "passes over what is no draft: %j",
  (text) => {
    const store = shelf()
    store.setItem(key, text)
    expect(readDraft(store, key)).toBeUndefined()
  },
)
