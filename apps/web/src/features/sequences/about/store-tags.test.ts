import { TRPCClientError } from "@trpc/client"
import { expect, it } from "vitest"
import { changeTags, storeTag, type TagChange } from "./store-tags.ts"

/** An item with tags that others change, too. */
function createTagged(tags: string[]) {
  let stored = { metadata: { mood: "calm", tags }, updatedAt: "0" }
  const item = {
    away: false,
    metadata: () => stored.metadata,
    put(next: string[]) {
      stored = { metadata: { ...stored.metadata, tags: next }, updatedAt: `${Number(stored.updatedAt) + 1}` }
      return stored
    },
  }
  const change = (made: TagChange) =>
    storeTag(made, {
      read: async () => stored,
      async store({ metadata, expectedUpdatedAt }) {
        if (item.away) throw new TypeError("fetch failed")
        if (expectedUpdatedAt !== stored.updatedAt) {
          throw TRPCClientError.from({ error: { message: "", code: -32009, data: { reason: "SONG_CHANGED" } } })
        }
        stored = { ...item.put([]), metadata: { ...stored.metadata, ...metadata } }
        return stored
      },
    })
  return { item, change }
}

it("takes off no tag that somebody else put on before another try", async () => {
  const { item, change } = createTagged(["dawn"])
  const made = { tag: "dew", on: true }
  item.away = true
  await expect(change(made)).rejects.toThrow("fetch failed")
  item.away = false
  item.put(["dawn", "theirs"])
  await change(made)
  expect(item.metadata()).toEqual({ mood: "calm", tags: ["dawn", "theirs", "dew"] })
  await change({ tag: "dawn", on: false })
  expect(item.metadata().tags).toEqual(["theirs", "dew"])
})

it("shows changes that are not stored yet over the tags that are", () => {
  const pending = [
    { tag: "dew", on: true },
    { tag: "dark", on: true },
    { tag: "dark", on: false },
    { tag: "dawn", on: true },
  ]
  expect(pending.reduce(changeTags, ["dawn", "theirs"])).toEqual(["dawn", "theirs", "dew"])
})
