import fc from "fast-check"
import { expect, it } from "vitest"
import { steadyRows } from "./steady-rows.ts"

interface Row {
  id: string
  name?: string
}

const rows = (ids: string): Row[] => [...ids].map((id) => ({ id }))
const keyOf = ({ id }: Row) => id
const steady = (former: string, read: string) => {
  const { rows: shown, heldBack } = steadyRows([...former], rows(read), keyOf)
  return [shown.map(keyOf).join(""), heldBack.join("")]
}

it("adds what comes behind and holds back what comes in between", () => {
  expect(steady("abc", "abcde")).toEqual(["abcde", ""])
  expect(steady("abc", "xabc")).toEqual(["abc", "x"])
  expect(steady("abc", "cxabde")).toEqual(["abcde", "x"])
  expect(steady("abc", "ac")).toEqual(["ac", ""])
  expect(steady("abc", "xyz")).toEqual(["xyz", ""])
  expect(steady("", "ab")).toEqual(["ab", ""])
})

it("does not take a row for a new one that was in none of the pieces while the list was read", () => {
  const between = steadyRows([..."abcd"], rows("xabd"), keyOf)
  const after = steadyRows(between.order, rows("cxabd"), keyOf)
  expect([after.rows.map(keyOf).join(""), after.heldBack]).toEqual(["abcd", ["x"]])
})

it("shows what is told of a row anew", () => {
  const read: Row[] = [{ id: "a", name: "renamed" }]
  expect(steadyRows(["a"], read, keyOf).rows).toEqual(read)
})

it("shows or holds back every row once, and never turns two that stay", () => {
  const ids = fc.uniqueArray(fc.constantFrom(..."abcdefgh")).map((list) => list.join(""))
  fc.assert(
    fc.property(ids, ids, (former, read) => {
      const [shown = "", heldBack = ""] = steady(former, read)
      expect([...shown, ...heldBack].sort()).toEqual([...read].sort())
      const stays = [...former].filter((id) => read.includes(id)).join("")
      expect([...shown].filter((id) => former.includes(id)).join("")).toBe(stays)
    }),
  )
})
