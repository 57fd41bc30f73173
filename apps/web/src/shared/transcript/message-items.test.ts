import { itemOf } from "@strudel-agent/contract/message"
import fc from "fast-check"
import { expect, it } from "vitest"
import { itemOfMessage } from "./message-items.ts"

const text = fc.oneof(
  fc.string(),
  fc.constantFrom("clip", "song", "playlist", "pack", "kick", "a..b", "-a", "x".repeat(101), null, undefined),
)

it("finds the item of a message as the contract does", () => {
  fc.assert(
    fc.property(fc.record({ item_type: text, item_id: text, project_id: text }), (source) => {
      expect(itemOfMessage(source)).toEqual(itemOf(source))
    }),
    { numRuns: 1000 },
  )
  const kick = { item_type: "clip", item_id: "kick", project_id: "house" }
  expect(itemOfMessage(kick)).toEqual({ itemType: "clip", itemId: "kick", projectId: "house" })
})
