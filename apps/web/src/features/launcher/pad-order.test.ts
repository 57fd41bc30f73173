import fc from "fast-check"
import { expect, it } from "vitest"
import { placesOf, withAdded, withMoved } from "./pad-order.ts"

const clipsOf = (...ids: string[]) => ids.map((id) => ({ id }))
const told = (places: { id: string; clip: unknown; gone: boolean }[]) =>
  places.map(({ id, clip, gone }) => `${id}${gone ? " gone" : clip ? "" : " unread"}`)

it("a clip that comes stands behind all others, wherever the list has it", () => {
  expect(withAdded(["b", "a"], ["new", "a", "b"])).toEqual(["b", "a", "new"])
  const order = ["b", "a"]
  expect(withAdded(order, ["a", "b"])).toBe(order)
})

it("a clip that is deleted while its pad is seen leaves its place empty", () => {
  const seen = new Map(clipsOf("a", "b", "c").map((clip) => [clip.id, clip]))
  const order = ["c", "b", "a"]
  expect(told(placesOf(order, { read: clipsOf("a", "c"), seen, complete: true }))).toEqual(["c", "b gone", "a"])
  // Who opens the page later sees no hole.
  expect(told(placesOf(order, { read: clipsOf("a", "c"), seen: new Map(), complete: true }))).toEqual(["c", "a"])
})

it("a clip that is not read yet has its place already", () => {
  const read = clipsOf("a", "c")
  expect(told(placesOf(["c", "b", "a"], { read, seen: new Map(), complete: false }))).toEqual(["c", "b unread", "a"])
})

it("a pad moves to the place of another, and those between by one", () => {
  const order = ["a", "b", "c", "d"]
  expect(withMoved(order, "a", "c")).toEqual(["b", "c", "a", "d"])
  expect(withMoved(order, "d", "b")).toEqual(["a", "d", "b", "c"])
  expect(withMoved(order, "b", "b")).toBe(order)
  expect(withMoved(order, "x", "b")).toBe(order)
})

it("no pad is lost or moved by what others write, and every move can be taken back", () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[a-e]{1,2}$/), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(ids, ids, fc.nat(), fc.nat(), (order, read, one, other) => {
      const added = withAdded(order, read)
      expect(added.slice(0, order.length)).toEqual(order)
      expect(new Set(added)).toEqual(new Set([...order, ...read]))
      const [id = "", placeOf = ""] = [order[one % order.length], order[other % order.length]]
      const moved = withMoved(order, id, placeOf)
      expect(moved.indexOf(id)).toBe(order.indexOf(placeOf))
      expect(withMoved(moved, id, moved[order.indexOf(id)] ?? "")).toEqual(order)
    }),
  )
})
