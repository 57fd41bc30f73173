import fc from "fast-check"
import { expect, it } from "vitest"
import { stableRows } from "./stable-rows.ts"

interface Row {
  id: string
  name?: string
}

const rows = (ids: string): Row[] => [...ids].map((id) => ({ id }))
const idsOf = ({ rows, heldBack }: { rows: Row[]; heldBack: number }) => [rows.map(({ id }) => id).join(""), heldBack]
const steady = (former: string, read: string) => idsOf(stableRows(rows(former), rows(read), ({ id }) => id))

it("adds what comes behind and holds back what comes in between", () => {
  expect(steady("abc", "abcde")).toEqual(["abcde", 0])
  expect(steady("abc", "xabc")).toEqual(["abc", 1])
  expect(steady("abc", "cxabde")).toEqual(["abcde", 1])
  expect(steady("abc", "ac")).toEqual(["ac", 0])
  expect(steady("abc", "xyz")).toEqual(["xyz", 0])
  expect(steady("", "ab")).toEqual(["ab", 0])
})

it("shows what is told of a row anew", () => {
  const read: Row[] = [{ id: "a", name: "renamed" }]
  expect(stableRows(rows("a"), read, ({ id }) => id).rows).toEqual(read)
})

it("shows or holds back every row once, and never turns two that stay", () => {
  const ids = fc.uniqueArray(fc.constantFrom(..."abcdefgh")).map((list) => list.join(""))
  fc.assert(
    fc.property(ids, ids, (former, read) => {
      const [shown, heldBack] = steady(former, read)
      expect(String(shown).length + Number(heldBack)).toBe(read.length)
      const stays = [...former].filter((id) => read.includes(id)).join("")
      expect([...String(shown)].filter((id) => former.includes(id)).join("")).toBe(stays)
    }),
  )
})
