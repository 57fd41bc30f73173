import { expect, it } from "vitest"
import { diffOrders } from "./order-lines.ts"

const inWords = (before: string[], after: string[]) =>
  diffOrders(before, after)?.map((hunk) =>
    hunk.map(({ sign, text, moved }) => `${sign}${text}${moved ? " moved" : ""}`),
  )

it("tells what came and went from what only stands elsewhere", () => {
  expect(inWords(["kick", "bass", "pad"], ["bass", "pad", "kick", "hats"])).toEqual([
    ["-kick moved", " bass", " pad", "+kick moved", "+hats"],
  ])
  expect(inWords(["kick", "kick", "bass"], ["bass", "kick"])).toEqual([
    ["-kick moved", "-kick", " bass", "+kick moved"],
  ])
  expect(inWords([], ["kick"])).toEqual([["+kick"]])
  expect(inWords(["kick"], ["kick"])).toEqual([])
})

it("knows the places, and leaves out what is far from every change", () => {
  const ids = Array.from({ length: 20 }, (_, place) => `c${place + 1}`)
  const hunks = diffOrders(ids, ["new", ...ids.slice(0, -1)])
  expect(hunks?.map((hunk) => hunk.map(({ text, before, after }) => [text, before, after]))).toEqual([
    [
      ["new", undefined, 1],
      ["c1", 1, 2],
      ["c2", 2, 3],
    ],
    [
      ["c18", 18, 19],
      ["c19", 19, 20],
      ["c20", 20, undefined],
    ],
  ])
})
