import { afterAll, beforeAll, expect, it } from "vitest"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const projectId = "large"
/** Compresses to next to nothing, and is 250,000 bytes all the same. */
const long = "x".repeat(250_000)
const count = 40

interface Page {
  items: { id?: string; version?: number }[]
  nextCursor: string | null
}

async function readPages(read: (cursor: string | null) => Promise<Page>): Promise<Page["items"][]> {
  const pages: Page["items"][] = []
  let cursor: string | null = null
  do {
    const page: Page = await read(cursor)
    pages.push(page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return pages
}

it("ends a page of clips, songs, playlists or versions early where they are large, and goes on behind it", async () => {
  const { clip, song, playlist } = test.caller
  for (let n = 0; n < count; n++) {
    await clip.create({ projectId, id: `c${n}`, name: `C${n}`, code: long })
    await song.create({ projectId, id: `s${n}`, name: `S${n}`, body: long })
    await playlist.create({ projectId, id: `p${n}`, name: `P${n}`, body: long })
    await clip.update({ projectId, id: "c0", code: long.slice(n + 1) })
  }
  const lists: [rows: number, read: (cursor: string | null) => Promise<Page>][] = [
    [count, (cursor) => clip.list({ projectId, limit: 200, cursor })],
    [count, (cursor) => clip.list({ projectId, limit: 200, sort: "name", cursor })],
    [count, (cursor) => song.list({ projectId, limit: 200, cursor })],
    [count, (cursor) => playlist.list({ projectId, limit: 200, sort: "name", cursor })],
    [count + 1, (cursor) => clip.versions({ projectId, id: "c0", limit: 200, cursor })],
    [count + 1, (cursor) => clip.history({ projectId, id: "c0", limit: 200, cursor })],
  ]
  for (const [rows, read] of lists) {
    const pages = await readPages(read)
    expect(pages.length).toBeGreaterThan(1)
    expect(JSON.stringify(pages[0]).length).toBeLessThan(9_000_000)
    expect(new Set(pages.flat().map(({ id, version }) => id ?? version)).size).toBe(rows)
    expect(pages.flat()).toHaveLength(rows)
  }
})

it("says what each version of large code changed, also where a page was cut", async () => {
  const pages = await readPages((cursor) => test.caller.clip.history({ projectId, id: "c0", limit: 200, cursor }))
  const changes = pages.flat().map((item) => ("change" in item ? item.change : undefined))
  expect(changes.filter((change) => change === null)).toHaveLength(1)
  expect(changes.at(-1)).toBeNull()
})
