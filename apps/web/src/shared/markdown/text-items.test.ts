import { expect, it } from "vitest"
import { itemsOfText } from "./text-items.ts"

it("finds the items that a text links to in its order", () => {
  const text =
    "[a](clip:kick) and [b](song:dawn)\n\n- [c](../clips/bass.js)\n- [d](clip:kick)\n- [out](https://strudel.cc)"
  expect(
    itemsOfText(text, { projectId: "p", folder: "songs/" }).map(({ itemType, itemId }) => [itemType, itemId]),
  ).toEqual([
    ["clip", "kick"],
    ["song", "dawn"],
    ["clip", "bass"],
    ["clip", "kick"],
  ])
})
