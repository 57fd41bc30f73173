import fc from "fast-check"
import { expect, it } from "vitest"
import { isSlug, itemOf } from "./item.ts"
import { Slug } from "./text.ts"

const text = fc.oneof(
  fc.string(),
  fc.constantFrom("clip", "song", "playlist", "pack", "kick", "a..b", "-a", "x".repeat(101), null, undefined),
)

it("knows the ids that the schema takes", () => {
  fc.assert(
    fc.property(text, (id) => {
      expect(isSlug(id)).toBe(Slug.safeParse(id).success)
    }),
    { numRuns: 1000 },
  )
})

it("finds the item that a message names, and none that the library could not hold", () => {
  const kick = { item_type: "clip", item_id: "kick", project_id: "house" }
  expect(itemOf(kick)).toEqual({ itemType: "clip", itemId: "kick", projectId: "house" })
  for (const other of [{ item_type: "pack" }, { item_id: "a..b" }, { project_id: null }, { item_id: undefined }]) {
    expect(itemOf({ ...kick, ...other })).toBeUndefined()
  }
})
