import { expect, it } from "vitest"
import { type ClipPage, clipsOf, isOutdated, type KnownPages, markChanged, outdate, readPage } from "./clip-pages.ts"

type Clip = ClipPage["items"][number]

const clip = (name: string): Clip => ({
  ...{ projectId: "house", id: name, name, codeStart: "", facts: { tags: [] }, version: 1, songs: [] },
  ...{ createdAt: "", updatedAt: "", state: null, problem: null, picture: null },
})

/** A list by name that counts what is asked of it, read page by page as a cache does it. */
function createList(size: number) {
  let names = Array.from({ length: size }, (_, index) => `c${String(index).padStart(4, "0")}`)
  let calls = 0
  let known: KnownPages | undefined
  const read = async ({ cursor, until, limit }: { cursor: string | null; until?: string; limit: number }) => {
    calls++
    const fitting = names.filter((name) => name > (cursor ?? "") && name <= (until ?? "~"))
    const items = fitting.slice(0, limit)
    return { items: items.map(clip), nextCursor: fitting.length > limit ? (items.at(-1) ?? null) : (until ?? null) }
  }
  async function readAll(count: number, seen: string[]) {
    const pages: ClipPage[] = []
    const pageParams: (string | null)[] = []
    let cursor: string | null = null
    calls = 0
    for (let page = 0; page < count; page++) {
      const isSeen = (key: string) => seen.includes(key.slice(key.indexOf("/") + 1))
      pages.push(await readPage({ cursor, known, isSeen }, 10, read))
      pageParams.push(cursor)
      cursor = pages.at(-1)?.nextCursor ?? null
      if (cursor === null) break
    }
    known = { pages, pageParams }
    return { pages, calls, names: clipsOf(pages).map(({ name }) => name) }
  }
  return {
    readAll,
    change: (next: (names: string[]) => string[]) => {
      names = next(names).sort()
      outdate(known?.pages ?? [])
    },
    names: () => names,
  }
}

it("reads again the first page and those that are seen, however long the list has become", async () => {
  const list = createList(500)
  expect((await list.readAll(40, [])).calls).toBe(40)
  list.change((names) => [...names.filter((name) => name !== "c0205"), "c0203b", "a"])
  const read = await list.readAll(40, ["c0204"])
  expect(read.calls).toBe(2)
  expect(read.names).toEqual(list.names().slice(0, 401))
})

it("reads the rest when it comes into sight, and only once", async () => {
  const list = createList(100)
  await list.readAll(10, [])
  list.change((names) => names.filter((name) => name !== "c0055"))
  const { pages, names } = await list.readAll(10, [])
  expect(names).toContain("c0055")
  expect(pages.filter((page) => isOutdated(page, (key) => key.endsWith("/c0057")))).toEqual([pages[5]])
  const seen = await list.readAll(10, ["c0057"])
  expect([seen.calls, seen.names]).toEqual([1, list.names()])
  expect((await list.readAll(10, ["c0057"])).calls).toBe(0)
})

it("shows a clip that moved once, where it is", async () => {
  const list = createList(100)
  await list.readAll(10, [])
  list.change((names) => names.map((name) => (name === "c0042" ? "a" : name)))
  const moved = await list.readAll(10, [])
  expect(moved.names[0]).toBe("a")
  list.change((names) => names.map((name) => (name === "c0001" ? "c0091b" : name)))
  const { names } = await list.readAll(10, ["c0092"])
  expect(names.filter((name) => name === "c0091b")).toHaveLength(1)
  expect(new Set(names).size).toBe(names.length)
})

it("reads again what was changed here, wherever it stands, and as much as has come in between", async () => {
  const list = createList(300)
  await list.readAll(30, [])
  list.change((names) => [
    ...names.filter((name) => name !== "c0155"),
    ...Array.from({ length: 450 }, (_, i) => `c0000${1000 + i}`),
  ])
  markChanged(["clip:house/c0155"])
  const { names, calls } = await list.readAll(30, [])
  expect([calls, names]).toEqual([4, list.names()])
})
