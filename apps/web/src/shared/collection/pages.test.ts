import { limits } from "@strudel-agent/contract/limits"
import { describe, expect, it } from "vitest"
import { type Page, type Pages, type Range, readPage, rowsOf } from "./pages.ts"

const keyOf = (row: string) => row
const page = (rows: string, nextCursor: string | null, stale?: boolean): Page<string> => ({
  items: [...rows],
  nextCursor,
  ...(stale ? { stale } : {}),
})

describe("a page that is read again", () => {
  const first: Pages<string> = {
    pages: [page("ab", "b"), page("cd", "d"), page("ef", "f"), page("g", null)],
    pageParams: [null, "b", "d", "f"],
  }
  /**
   * A server that has these rows in order, and answers so many at a time; a cursor names the row before. At the end of
   * what was asked for, some routers answer with its cursor, others with none.
   */
  const reading = (
    stored: string,
    wanted: (string | null)[],
    { former = first, bySight = false, ends = true } = {},
  ) => {
    const asked: Range[] = []
    const read = async (range: Range) => {
      asked.push(range)
      const { cursor, until } = range
      // As with moments, a place stays in the order though its row is gone.
      const place = (at: string) => [...stored].filter((row) => row <= at).length
      const end = until === undefined ? stored.length : place(until)
      const start = cursor ? place(cursor) : 0
      const rows = stored.slice(start, Math.min(start + 2, end))
      const more = start + rows.length < end
      return page(rows, more ? (rows.at(-1) ?? null) : ends ? null : (until ?? null))
    }
    const isWanted = (_: unknown, start: string | null) => wanted.includes(start)
    return { again: (start: string | null) => readPage({ former, start, bySight, isWanted, read }), asked }
  }

  it("costs nothing far from sight, and says that it may be stale", async () => {
    const { again, asked } = reading("abcdefg", [null])
    expect(await again("d")).toEqual(page("ef", "f", true))
    expect(asked).toEqual([])
  })

  it.each([true, false])("goes as far as it went, whatever came into it and left it", async (ends) => {
    const { again: shorter } = reading("acdefg", [null, "b"], { ends })
    expect([await shorter(null), await shorter("b")]).toEqual([page("a", "b"), page("cd", "d")])
    const { again: longer, asked } = reading("0123abcdefg", [null], { ends })
    expect(await longer(null)).toEqual(page("0123ab", "b"))
    expect(asked).toEqual([null, "1", "3"].map((cursor) => ({ cursor, until: "b", limit: limits.page.max })))
  })

  it("is read to the end where the list ends with it, and as far as a page goes for the first time", async () => {
    const { again, asked } = reading("abcdefghi", ["f"])
    expect([(await again("f")).items, (await again("i")).items]).toEqual([["g", "h"], []])
    expect(asked).toEqual([{ cursor: "f", limit: limits.page.max }, { cursor: "i" }])
  })

  it("is read once it comes into sight, and then alone", async () => {
    const former = {
      ...first,
      pages: first.pages.map((one) => (one.nextCursor === "d" ? one : { ...one, stale: true })),
    }
    const { again, asked } = reading("abcdefg", ["b", "d"], { former, bySight: true })
    expect(await Promise.all([again(null), again("b"), again("d")])).toEqual([
      former.pages[0],
      former.pages[1],
      page("ef", "f"),
    ])
    expect(asked.map(({ cursor }) => cursor)).toEqual(["d"])
  })
})

describe("the rows of a list", () => {
  it("show one that moved once, where it was read last", () => {
    expect(rowsOf([page("za", "a"), page("bc", "c", true), page("dzb", null, true)], keyOf).join("")).toBe("zabcd")
    expect(rowsOf([page("zb", "a", true), page("cdz", "d")], keyOf).join("")).toBe("bcdz")
  })
})
