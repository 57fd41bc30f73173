import { expect, it } from "vitest"
import { beginsInSight, drawnOf, layoutOf, lineAt, movedBy, rowsBetween, type Section } from "./layout.ts"

const keyOf = (row: string) => row
const cards = { line: 110, gap: 10, head: 40, columns: 2 }
const table = { line: 10, gap: 0, head: 0, columns: 1 }
const one = (rows: string): Section<string>[] => [{ id: "all", rows: [...rows] }]
const groups: Section<string>[] = [
  { id: "one", title: "One", rows: [..."abcde"] },
  { id: "two", title: "Two", count: 3, rows: undefined },
  { id: "three", title: "Three", rows: [..."xyz"] },
]

it("places the rows of sections line by line, those that are on their way too", () => {
  const layout = layoutOf(groups, cards, keyOf)
  expect(layout.starts).toEqual([0, 40, 150, 260, 370, 410, 520, 630, 670, 780, 890])
  expect(layout.firsts).toEqual([0, 4, 7, 10])
  expect([layout.lineOf.get("e"), layout.lineOf.get("x"), layout.lineOf.get("z")]).toEqual([3, 8, 9])
  expect(rowsBetween(layout, 155, 375, keyOf)).toEqual(["c", "d", "e"])
})

it("leaves as much room for what is not drawn as it takes", () => {
  const layout = layoutOf(groups, cards, keyOf)
  expect(drawnOf(layout, [2, 8])).toEqual([
    { section: groups[0], above: 0, pieces: [{ room: 100 }, { from: 2, to: 4 }, { room: 100 }] },
    { section: groups[2], above: 260, pieces: [{ from: 0, to: 2 }, { room: 100 }] },
  ])
  // Of a section whose heading alone is near, the rows are room.
  expect(drawnOf(layout, [4])).toEqual([{ section: groups[1], above: 370, pieces: [{ room: 210 }] }])
  const long = layoutOf(one("abcdefghij"), table, keyOf)
  expect(drawnOf(long, [0, 1, 5, 6, 9])).toEqual([
    {
      ...{ section: long.sections[0], above: 0 },
      pieces: [{ from: 0, to: 2 }, { room: 30 }, { from: 5, to: 7 }, { room: 20 }, { from: 9, to: 10 }],
    },
  ])
  expect(drawnOf(layoutOf(one(""), table, keyOf), [])).toEqual([])
})

it("tells by how much rows moved, whatever a few of them did", () => {
  const former = layoutOf(one("abcdefgh"), table, keyOf)
  const next = layoutOf(one("exyabcdfgh"), table, keyOf)
  expect(movedBy([..."bcdef"], former, next)).toBe(30)
  expect(movedBy([..."defgh"], former, layoutOf(one("abcdefgh"), table, keyOf))).toBe(0)
  expect(movedBy(["gone"], former, next)).toBe(0)
})

it("offers a row that came above while less than a row was scrolled away", () => {
  const [former, next] = [layoutOf(one("abc"), table, keyOf), layoutOf(one("xabc"), table, keyOf)]
  const from = 4
  const moved = movedBy(rowsBetween(former, from, 30, keyOf), former, next)
  expect(rowsBetween(next, 0, from + moved, keyOf)).toContain("x")
  expect([-1, 0, from, from + moved].map(beginsInSight)).toEqual([true, true, false, false])
})

it("finds a row that is in several sections in each of them", () => {
  const tags = [..."pqr"].map((id) => ({ id, title: id, rows: id === "q" ? [..."xyz"] : [..."abcx"] }))
  const layout = layoutOf(tags, cards, keyOf)
  const line = (key: string, section?: string) => lineAt(layout, { key, section }, keyOf)
  expect([line("x", "p"), line("x", "q"), line("x", "r"), line("x")]).toEqual([2, 4, 8, 8])
  expect([line("a", "q"), line("a", "gone"), line("gone", "p")]).toEqual([undefined, undefined, undefined])
})
