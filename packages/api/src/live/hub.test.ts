import { connect, createServer, type Socket } from "node:net"
import { createDatabase } from "@strudel-agent/database/client"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Context } from "../context.ts"
import { createCaller } from "../root.ts"
import { type Follower, follow, range, until, type Watch } from "../testing/live-follower.ts"
import { createTestCaller, type TestCaller, testPool } from "../testing/test-caller.ts"
import { createLiveHub } from "./hub.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const watch = (context: Context, input: Watch): Follower =>
  follow((signal) => createCaller(context, { signal }).live.watch(input))

const append = (sessionId: string, content = "") =>
  test.caller.message.append({ sessionId, messages: [{ role: "user", content }] })

/** A way to the database that can be cut. */
async function openWay(url: string) {
  const target = new URL(url)
  const { port, hostname } = target
  const sockets = new Set<Socket>()
  let cut = false
  const way = createServer((client) => {
    if (cut) return client.destroy()
    const server = connect(Number(port), hostname)
    for (const [socket, peer] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(socket)
      socket.on("error", () => {})
      socket.on("close", () => peer.destroy())
      socket.pipe(peer)
    }
  })
  await new Promise<void>((resolve) => way.listen(0, "127.0.0.1", resolve))
  const address = way.address()
  target.hostname = "127.0.0.1"
  target.port = String(typeof address === "object" && address ? address.port : 0)
  return {
    url: target.href,
    setCut(value: boolean) {
      cut = value
      if (cut) for (const socket of sockets) socket.destroy()
    },
    close() {
      for (const socket of sockets) socket.destroy()
      way.close()
    },
  }
}

describe("while the database is away", () => {
  it("streams stay open, say it once, and lose nothing when it is back", async () => {
    const way = await openWay(test.url)
    const database = createDatabase({ url: way.url, pool: testPool })
    const words: string[] = []
    const log = { info: (text: string) => words.push(text), warn: (text: string) => words.push(text) }
    const live = createLiveHub({ database, log })
    const { id: sessionId } = await test.caller.session.create({})
    const follower = watch({ ...test.context, database, live }, { sessions: [{ sessionId, after: -1 }], library: true })
    await append(sessionId)
    await until(() => follower.indexes().length === 1)
    way.setCut(true)
    for (let i = 0; i < 5; i++) await append(sessionId)
    const { id: created } = await test.caller.session.create({})
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(follower.indexes()).toEqual([0])
    way.setCut(false)
    await until(() => follower.indexes().length === 6)
    await until(() => follower.changes().some(({ id }) => id === created))
    expect(follower.indexes()).toEqual(range(0, 6))
    expect(words).toEqual([expect.stringContaining("the database does not answer"), expect.stringContaining("is back")])
    await follower.leave()
    live.stop()
    await database.close()
    way.close()
  })
})

describe("the hub", () => {
  it("asks the database nothing while nobody reads, and once for all who do", async () => {
    const statements: string[] = []
    const log = { info: (text: string) => statements.push(text), warn() {} }
    const database = createDatabase({ url: test.url, pool: { ...testPool, echo: true }, log })
    const live = createLiveHub({ database })
    const context = { ...test.context, database, live }
    live.wake()
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(statements).toEqual([])

    const { id: sessionId } = await test.caller.session.create({})
    const followers = range(0, 20).map(() => watch(context, { sessions: [{ sessionId, after: -1 }], library: true }))
    await until(() => followers.every(({ events }) => events.length > 0))
    statements.length = 0
    await new Promise((resolve) => setTimeout(resolve, 1200))
    const polls = statements.filter((text) => text.includes("removals")).length
    expect(polls).toBeGreaterThan(0)
    // Every 400 ms; each asks for the changes and for the counts.
    expect(polls).toBeLessThanOrEqual(4)
    expect(statements.length).toBeLessThanOrEqual(2 * polls + 1)

    await Promise.all(followers.map((follower) => follower.leave()))
    await new Promise((resolve) => setTimeout(resolve, 100))
    statements.length = 0
    await new Promise((resolve) => setTimeout(resolve, 900))
    expect(statements).toEqual([])
    live.stop()
    await database.close()
  })

  it("reads a page of messages once for all who follow a session", async () => {
    const statements: string[] = []
    const log = { info: (text: string) => statements.push(text), warn() {} }
    const database = createDatabase({ url: test.url, pool: { ...testPool, echo: true }, log })
    const live = createLiveHub({ database })
    const context = { ...test.context, database, live }
    const { id: sessionId } = await test.caller.session.create({})
    const followers = range(0, 50).map(() => watch(context, { sessions: [{ sessionId, after: -1 }] }))
    await until(() => live.size === 50)
    await new Promise((resolve) => setTimeout(resolve, 600))
    const reads = () => statements.filter((text) => text.includes("FROM messages")).length
    for (let turn = 1; turn <= 3; turn++) {
      statements.length = 0
      await append(sessionId)
      await until(() => followers.every((follower) => follower.indexes().length === turn))
      // A look that comes while they read has them look once more.
      expect(reads()).toBeLessThanOrEqual(3)
    }
    for (const follower of followers) expect(follower.indexes()).toEqual([0, 1, 2])
    await Promise.all(followers.map((follower) => follower.leave()))
    live.stop()
    await database.close()
  })
})
