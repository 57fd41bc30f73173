import { afterAll, beforeAll, expect, it } from "vitest"
import { createDatabase, type Database } from "../client.ts"
import { createTestDatabase } from "../testing/test-database.ts"
import { insertMessages } from "./message.ts"
import { type FoundMessage, searchMessages } from "./search/message.ts"
import { listFoundClips, listFoundMessages, listFoundProjects, listFoundTexts } from "./search/shown.ts"
import {
  type FoundById,
  type FoundItem,
  type SearchQuery,
  searchClips,
  searchProjects,
  searchSessions,
  searchTexts,
} from "./search.ts"

const sessionId = "6f1c1d9e-3d1c-4a53-9c58-0c4f4dd0a4a1"
const moment = new Date("2026-01-02T03:04:05.678Z")

let database: Database
let first: number | undefined
let drop: () => Promise<void>
beforeAll(async () => {
  const made = await createTestDatabase()
  drop = made.close
  database = createDatabase({
    url: made.url,
    pool: { size: 2, maxOverflow: 0, recycleSeconds: 3600, commandTimeoutSeconds: 20, echo: false },
  })
  const { db } = database
  const item = { projectId: "house", id: "kick", name: "Kick", metadata: { tags: ["kick"] }, updatedAt: moment }
  await db.project.create({ data: { id: "house", name: "Kick", updatedAt: moment } })
  await db.clip.create({ data: { ...item, code: 's("bd")' } })
  await db.song.create({ data: { ...item, body: "kick" } })
  await db.playlist.create({ data: { ...item, body: "kick" } })
  await db.session.create({
    data: {
      ...{ id: sessionId, projectId: "house", itemType: "clip", itemId: "kick", metadata: { name: "Kick" } },
      ...{ lastActivity: moment, createdAt: moment },
    },
  })
  first = await insertMessages(db, sessionId, {
    messages: [{ data: { role: "user", content: "the kick", timestamp: "" } }],
  })
})
afterAll(async () => {
  await database.close()
  await drop()
})

/** What each column of a row is like: each has to be named, and no other may come. */
type Shape<Row> = { [Column in keyof Required<Row>]: unknown }

const found = { key: expect.any(String), rank: expect.any(Number), at: expect.any(Date), found: 1 }
const item: Shape<FoundItem> = { ...found, projectId: "house", id: "kick" }
const project: Shape<FoundById> = { ...found, id: "house" }
const session: Shape<FoundById> = { ...found, id: sessionId }
const message: Shape<FoundMessage> = { ...found, sessionId, messageIndex: 0 }
const excerpt = { excerpt: expect.any(String), hitAt: expect.any(Number), line: expect.toBeOneOf([null, 1]) }

const query: SearchQuery = {
  asked: { name: "kick", words: ["kick"], phrases: [], lexemes: { each: ["kick"], query: "kick" } },
  filter: { projectIds: [], tags: [], agents: [], statuses: [], states: [] },
  window: { limit: 2 },
}

it("an append answers the index of its first message", () => expect(first).toBe(0))

it("a search answers rows of the columns that their types say", async () => {
  const { db } = database
  expect(await searchClips(db, query)).toEqual([item])
  expect(await searchTexts(db, "song", query)).toEqual([item])
  expect(await searchTexts(db, "playlist", query)).toEqual([item])
  expect(await searchProjects(db, query)).toEqual([project])
  expect(await searchSessions(db, query)).toEqual([session])
  expect(await searchMessages(db, query)).toEqual([message])
})

it("what is shown of them has the excerpts that its type says", async () => {
  const { db } = database
  const { asked } = query
  const items = [{ projectId: "house", id: "kick" }]
  const shown = { ...items[0], name: "Kick", excerpt }
  expect(await listFoundClips(db, items, asked)).toEqual([shown])
  expect(await listFoundTexts(db, "song", items, asked)).toEqual([shown])
  expect(await listFoundTexts(db, "playlist", items, asked)).toEqual([shown])
  expect(await listFoundProjects(db, [{ id: "house" }], asked)).toEqual([{ id: "house", name: "Kick", excerpt }])
  const messages = await listFoundMessages(db, [{ sessionId, messageIndex: 0 }], asked)
  expect(messages.map(({ role, excerpt }) => [role, excerpt])).toEqual([["user", excerpt]])
})
