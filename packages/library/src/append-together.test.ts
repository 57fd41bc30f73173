import { randomUUID } from "node:crypto"
import { databaseOfFile } from "@strudel-agent/database/testing/database-of-file"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { LibraryError } from "./failure.ts"
import { appendMessages } from "./message.ts"

const database = databaseOfFile({ size: 4, maxOverflow: 4 })
let other: pg.Client
beforeAll(async () => {
  other = new pg.Client({ connectionString: database.url })
  await other.connect()
})
afterAll(() => other.end())

const newSession = async () => (await database.db.session.create({ data: {}, select: { id: true } })).id
const newSessions = (count: number) => Promise.all(Array.from({ length: count }, newSession))
const say = (content: string, clientId?: string) => ({
  ...{ role: "user" as const, content, timestamp: "2026-01-01T00:00:00.000Z" },
  ...(clientId === undefined ? {} : { clientId }),
})
/** The indexes of messages, or the reason why they are not appended. */
const append = (sessionId: string, ...messages: ReturnType<typeof say>[]) =>
  appendMessages(database.db, { sessionId, messages }).then(
    ({ indexes }) => indexes,
    (error: unknown) => {
      if (error instanceof LibraryError) return error.reason
      throw error
    },
  )
const stored = async (sessionId: string) => {
  const { rows } = await other.query<{ at: number; content: string }>(
    `SELECT message_index AS at, data ->> 'content' AS content FROM messages WHERE session_id = $1 ORDER BY message_index`,
    [sessionId],
  )
  return rows.map(({ at, content }) => `${at} ${content}`)
}

describe("appends at the same time", () => {
  it("are stored by few statements, each session's in the order in which they came", async () => {
    const sessions = await newSessions(5)
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => append(sessions[i % 5] ?? "", say(`${i}`), say(`${i} again`))),
    )
    for (const [at, sessionId] of sessions.entries()) {
      const own = answers.filter((_, i) => i % 5 === at)
      expect(own).toEqual(Array.from({ length: 20 }, (_, i) => [2 * i, 2 * i + 1]))
      expect(await stored(sessionId)).toEqual(
        Array.from({ length: 40 }, (_, i) => `${i} ${Math.floor(i / 2) * 5 + at}${i % 2 === 0 ? "" : " again"}`),
      )
    }
    const { rows } = await other.query<{ transactions: number }>(
      "SELECT count(DISTINCT xmin::text)::int AS transactions FROM messages WHERE session_id = ANY($1)",
      [sessions],
    )
    expect(rows[0]?.transactions).toBeLessThan(20)
  })

  it("fail none of the others: a message that is stored, a session that is terminated, not there, or named in capitals", async () => {
    const [known = "", terminated = "", capitals = "", plain = ""] = await newSessions(4)
    const clientId = randomUUID()
    await append(known, say("once", clientId))
    await database.db.session.update({ where: { id: terminated }, data: { status: "terminated" } })
    const answers = await Promise.all([
      ...[append(plain, say("a")), append(known, say("once", clientId)), append(terminated, say("no"))],
      ...[append(randomUUID(), say("nobody")), append(known, say("another", clientId)), append(known, say("more"))],
    ])
    expect(answers).toEqual([[0], [0], "SESSION_TERMINATED", "SESSION_NOT_FOUND", "MESSAGE_MISMATCH", [1]])
    const named = await Promise.all([append(capitals.toUpperCase(), say("b")), append(capitals, say("b"))])
    expect(named.sort()).toEqual([[0], [1]])
    expect(await stored(known)).toEqual(["0 once", "1 more"])
    expect(await stored(capitals)).toEqual(["0 b", "1 b"])
    expect(await stored(plain)).toEqual(["0 a"])
  })

  it("do not wait for a session that somebody holds", async () => {
    const [held = "", ...free] = await newSessions(4)
    await other.query("BEGIN")
    await other.query("SELECT FROM sessions WHERE id = $1 FOR UPDATE", [held])
    const late = append(held, say("late"))
    const answers = await Promise.all(free.map((sessionId) => append(sessionId, say("at once"))))
    expect(answers).toEqual([[0], [0], [0]])
    expect(await stored(held)).toEqual([])
    await other.query("COMMIT")
    expect(await late).toEqual([0])
  })

  it("go their own ways where a statement takes long", async () => {
    const [slow = "", next = "", ...free] = await newSessions(5)
    await other.query("BEGIN")
    // Who else stores a message under these indexes waits for the end of this transaction.
    for (const sessionId of [slow, next]) {
      await other.query(
        `INSERT INTO messages (session_id, message_index, data) VALUES ($1, 0, '{"role":"note","content":"","timestamp":""}')`,
        [sessionId],
      )
    }
    const first = append(slow, say("waits"))
    await new Promise((resolve) => setTimeout(resolve, 50))
    const second = append(next, say("waits, too"))
    await new Promise((resolve) => setTimeout(resolve, 50))
    const answers = await Promise.all(free.map((sessionId) => append(sessionId, say("goes on"))))
    expect(answers).toEqual([[0], [0], [0]])
    await other.query("ROLLBACK")
    expect(await Promise.all([first, second])).toEqual([[0], [0]])
  })

  it("change nothing of a session but its count, its activity and its status", async () => {
    const sessionId = await newSession()
    const { db } = database
    const before = await db.session.update({
      where: { id: sessionId },
      data: { status: "idle", metadata: { name: "Groove" }, updatedAt: new Date(0), lastActivity: new Date(0) },
    })
    await append(sessionId, say("a"))
    const after = await db.session.findUniqueOrThrow({ where: { id: sessionId } })
    const { updatedAt, lastActivity, ...rest } = after
    expect(rest).toEqual({
      ...rest,
      ...before,
      updatedAt: undefined,
      lastActivity: undefined,
      status: "active",
      messageCount: 1,
    })
    expect(updatedAt.getTime()).toBeGreaterThan(0)
    expect(lastActivity).toEqual(updatedAt)
  })
})
