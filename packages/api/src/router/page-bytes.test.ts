import { afterAll, beforeAll, expect, it } from "vitest"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
  await fill()
})
afterAll(() => test.close())

const projectId = "large"
/** Compresses to next to nothing, and is 250,000 bytes all the same. */
const long = "x".repeat(250_000)
const count = 40

/** Writes rows without asking the router, which would take long for so many. */
async function fill(): Promise<void> {
  const { db } = test.database
  await db.project.create({ data: { id: projectId, name: projectId } })
  const numbers = Array.from({ length: count }, (_, n) => n)
  await db.clip.createMany({ data: numbers.map((n) => ({ projectId, id: `c${n}`, name: `C${n}`, code: long })) })
  await db.song.createMany({ data: numbers.map((n) => ({ projectId, id: `s${n}`, name: `S${n}`, body: long })) })
  await db.playlist.createMany({ data: numbers.map((n) => ({ projectId, id: `p${n}`, name: `P${n}`, body: long })) })
  const versions = numbers.map((n) => ({ projectId, version: n + 1, name: "V" }))
  const text = (version: number) => long.slice(version)
  await db.clipVersion.createMany({
    data: versions.map((row) => ({ ...row, clipId: "c0", code: text(row.version) })),
  })
  await db.songVersion.createMany({
    data: versions.map((row) => ({ ...row, songId: "s0", body: text(row.version) })),
  })
  await db.playlistVersion.createMany({
    data: versions.map((row) => ({ ...row, playlistId: "p0", body: text(row.version) })),
  })
}

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
  const lists: [rows: number, read: (cursor: string | null) => Promise<Page>][] = [
    [count, (cursor) => clip.list({ projectId, limit: 200, cursor })],
    [count, (cursor) => clip.list({ projectId, limit: 200, sort: "name", cursor })],
    [count, (cursor) => song.list({ projectId, limit: 200, cursor })],
    [count, (cursor) => playlist.list({ projectId, limit: 200, sort: "name", cursor })],
    [count, (cursor) => clip.versions({ projectId, id: "c0", limit: 200, cursor })],
    [count, (cursor) => song.versions({ projectId, id: "s0", limit: 200, cursor })],
    [count, (cursor) => playlist.history({ projectId, id: "p0", limit: 200, cursor })],
    [count, (cursor) => clip.history({ projectId, id: "c0", limit: 200, cursor })],
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
