import { describe, expect, it } from "vitest"
import type { ListedSession } from "../edits/session-edits.ts"
import { chunksOf, type PageStart, readPage, type SessionPage, type SessionPages } from "./session-pages.ts"

const session = (id: string, name: string | null = null): ListedSession => ({
  ...{ id, agentName: "strudel", modelName: null, provider: null, status: "active" },
  ...{ projectId: null, itemType: null, itemId: null, name, displayName: id, metadata: {}, preview: null },
  ...{ messageCount: 0, seenCount: 0, lastActivity: "2026-05-01T00:00:00.000Z", createdAt: "2026-05-01T00:00:00.000Z" },
})
const page = (ids: string, nextCursor: string | null, stale?: boolean): SessionPage => ({
  items: [...ids].map((id) => session(id)),
  nextCursor,
  ...(stale ? { stale } : {}),
})
const idsOf = ({ items }: { items: ListedSession[] }) => items.map(({ id }) => id).join("")

describe("a page that is read again", () => {
  const former: SessionPages = {
    pages: [page("ab", "b"), page("cd", "d"), page("ef", "f"), page("g", null)],
    pageParams: [null, "b", "d", "f"],
  }
  /** A server that has these sessions in order, and answers so many at a time; a cursor names the row before. */
  const reading = (stored: string, near: PageStart[], most = 2) => {
    const asked: unknown[] = []
    const read = async ({ cursor, until }: { cursor?: string | null | undefined; until?: string | undefined }) => {
      asked.push({ cursor, until })
      // As with moments, a place stays in the order though its row is gone.
      const place = (at: string) => [...stored].filter((id) => id <= at).length
      const end = until === undefined ? stored.length : place(until)
      const start = cursor ? place(cursor) : 0
      const ids = stored.slice(start, Math.min(start + most, end))
      return page(ids, start + ids.length < end ? (ids.at(-1) ?? null) : null)
    }
    const again = (start: PageStart) => readPage({ former, start, isNear: (at) => near.includes(at), read })
    return { again, asked }
  }

  it("costs nothing far from sight, and says that it may be stale", async () => {
    const { again, asked } = reading("abcdefg", [null])
    const far = await again("d")
    expect([idsOf(far), far.nextCursor, far.stale]).toEqual(["ef", "f", true])
    expect(asked).toEqual([])
  })

  it("goes as far as it went, whatever came into it and left it", async () => {
    const { again: shorter } = reading("acdefg", [null, "b"])
    expect([idsOf(await shorter(null)), idsOf(await shorter("b"))]).toEqual(["a", "cd"])
    const { again: longer, asked } = reading("0123abcdefg", [null])
    expect(await longer(null)).toEqual(page("0123ab", "b"))
    expect(asked).toEqual([null, "1", "3"].map((cursor) => ({ cursor, until: "b" })))
  })

  it("is read as far as a page goes where the list ends with it, and where it is read for the first time", async () => {
    const { again, asked } = reading("abcdefghi", ["f"])
    expect(idsOf(await again("f"))).toBe("gh")
    expect(idsOf(await again("i"))).toBe("")
    expect(asked).toEqual([
      { cursor: "f", until: undefined },
      { cursor: "i", until: undefined },
    ])
  })
})

describe("the rows of a list", () => {
  it("show a session that moved once, where it was read last", () => {
    const pages = [page("za", "a"), page("bc", "c", true), page("dzb", null, true)]
    const chunks = chunksOf({ pages, pageParams: [null, "a", "c"] }, () => true)
    expect(chunks.map(({ sessions }) => idsOf({ items: sessions }))).toEqual(["za", "bc", "d"])
    const behind = [page("zb", "a", true), page("cd", "d")]
    behind[1]?.items.push(session("z"))
    const moved = chunksOf({ pages: behind, pageParams: [null, "a"] }, ({ id }) => id !== "c")
    expect(moved.map(({ sessions }) => idsOf({ items: sessions }))).toEqual(["b", "dz"])
  })

  it("are drawn by a hundred at most, however many a page has", () => {
    const items = Array.from({ length: 230 }, (_, place) => session(String(place)))
    const chunks = chunksOf(
      { pages: [{ items, nextCursor: "x" }, page("a", null)], pageParams: [null, "x"] },
      () => true,
    )
    expect(chunks.map(({ id, sessions }) => [id, sessions.length])).toEqual([
      [" 0", 100],
      [" 1", 100],
      [" 2", 30],
      ["x 0", 1],
    ])
  })
})
