import { randomUUID } from "node:crypto"
import { limits } from "@strudel-agent/contract/limits"
import { libraryPart } from "@strudel-agent/contract/live-position"
import { createDatabase, type Database } from "@strudel-agent/database/client"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import type { Context } from "../context.ts"
import { createLiveHub } from "../live/hub.ts"
import { createCaller } from "../root.ts"
import { failureOfCall } from "../testing/failure.ts"
import { type Follower, follow, range, until, type Watch } from "../testing/live-follower.ts"
import { createTestCaller, type TestCaller, testPool } from "../testing/test-caller.ts"

let test: TestCaller
/** A second server on the same database. */
let other: Context
let otherDatabase: Database
beforeAll(async () => {
  test = await createTestCaller()
  otherDatabase = createDatabase({ url: test.url, pool: testPool })
  other = { ...test.context, database: otherDatabase, live: createLiveHub({ database: otherDatabase }) }
})
afterAll(async () => {
  other.live.stop()
  await otherDatabase.close()
  await test.close()
})

const open: Follower[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((follower) => follower.leave()))
  expect([test.context.live.size, other.live.size]).toEqual([0, 0])
})

function watch(input: Watch, context: Context = test.context): Follower {
  const follower = follow((signal) => createCaller(context, { signal }).live.watch(input))
  open.push(follower)
  return follower
}

const newSession = async () => (await test.caller.session.create({})).id

const append = (sessionId: string, count: number, caller = test.caller) =>
  caller.message.append({
    sessionId,
    messages: range(0, count).map((i) => ({ role: "user" as const, content: `message ${i}` })),
  })

const elsewhere = () => createCaller(other)

describe("who listens to a session", () => {
  it("are the streams that follow it and are no pages, as long as they are open", async () => {
    const [sessionId, another] = [await newSession(), await newSession()]
    const listeners = async (id: string) => (await test.caller.live.listeners({ sessionId: id })).listeners
    expect(await listeners(sessionId)).toBe(0)
    const after = -1
    watch({ sessions: [{ sessionId, after }], library: true, page: true })
    watch({ library: true })
    const agent = watch({ sessions: [{ sessionId, after }] })
    watch({
      sessions: [
        { sessionId, after },
        { sessionId: another, after },
      ],
    })
    await until(() => test.context.live.size === 4)
    expect([await listeners(sessionId), await listeners(another)]).toEqual([2, 1])
    await agent.leave()
    await until(() => test.context.live.listeners(sessionId) === 1)
  })
})

describe("messages", () => {
  it("come in the shape of a list, from the one after the reader's last on", async () => {
    const sessionId = await newSession()
    await test.caller.message.append({
      sessionId,
      messages: [
        { role: "user", content: "one" },
        { role: "assistant", content: "two", codeChanges: { before: "a", after: "b" }, clientId: randomUUID() },
        { role: "note", content: "three", context: { item_type: "clip", item_id: "kick", extra: 1 } },
      ],
    })
    const follower = watch({ sessions: [{ sessionId, after: 0 }] })
    await until(() => follower.messages().length === 2)
    expect(follower.messages()).toEqual((await test.caller.message.list({ sessionId, after: 0 })).messages)
  })

  it("come once and in order while several write through two servers, to readers of both", async () => {
    const sessionId = await newSession()
    await append(sessionId, 7)
    const followers = [
      ...[-1, 3].map((after) => watch({ sessions: [{ sessionId, after }] })),
      ...[-1, 6].map((after) => watch({ sessions: [{ sessionId, after }] }, other)),
    ]
    const callers = [test.caller, elsewhere(), test.caller, elsewhere()]
    await Promise.all(
      callers.map(async (caller) => {
        for (let i = 0; i < 30; i++) await append(sessionId, 1 + (i % 3), caller)
      }),
    )
    const { messageCount } = await test.caller.message.count({ sessionId })
    expect(messageCount).toBe(247)
    for (const [i, from] of [0, 4, 0, 7].entries()) {
      await until(() => followers[i]?.indexes().at(-1) === 246)
      expect(followers[i]?.indexes()).toEqual(range(from, 247))
    }
  })

  it("come in pages of at most 50, and of at most 1 MiB", async () => {
    const sessionId = await newSession()
    await append(sessionId, 120)
    const big = "x".repeat(600_000)
    for (let i = 0; i < 3; i++) {
      await test.caller.message.append({ sessionId, messages: [{ role: "user", content: big }] })
    }
    const follower = watch({ sessions: [{ sessionId, after: -1 }] })
    await until(() => follower.indexes().length === 123)
    expect(follower.indexes()).toEqual(range(0, 123))
    const pages = follower.events.map(({ event }) => (event.type === "messages" ? event.messages : []))
    expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(limits.streamPage.messages)
    expect(Math.max(...pages.map((page) => page.filter(({ content }) => content.length > 1000).length))).toBe(2)
  })

  it("of many sessions come over one stream", async () => {
    const ids = await Promise.all(range(0, limits.streamSessions).map(newSession))
    const follower = watch({ sessions: ids.map((sessionId) => ({ sessionId, after: -1 })) })
    await Promise.all(ids.map((id, i) => append(id, 1 + (i % 4), i % 2 ? test.caller : elsewhere())))
    await until(() => ids.every((id, i) => follower.indexes(id).length === 1 + (i % 4)))
    for (const [i, id] of ids.entries()) expect(follower.indexes(id)).toEqual(range(0, 1 + (i % 4)))
  })

  it("that another server stored come within seconds", async () => {
    const sessionId = await newSession()
    const follower = watch({ sessions: [{ sessionId, after: -1 }] })
    await new Promise((resolve) => setTimeout(resolve, 300))
    await append(sessionId, 1, elsewhere())
    const stored = Date.now()
    await until(() => follower.indexes().length === 1)
    expect(Date.now() - stored).toBeLessThan(10_000)
  })

  it("go on behind every event that a reader may have been cut off at", async () => {
    const [one, two] = [await newSession(), await newSession()]
    const sessions = [one, two].map((sessionId) => ({ sessionId, after: -1 }))
    const first = watch({ sessions, library: true })
    for (let i = 0; i < 6; i++) {
      await append(i % 2 ? one : two, 2)
      await until(() => first.indexes().length === 2 * (i + 1))
    }
    await first.leave()
    const seen: { [id: string]: number[] } = { [one]: [], [two]: [] }
    for (const { id, event } of [...first.events]) {
      if (event.type === "messages") seen[event.sessionId]?.push(...event.messages.map((row) => row.messageIndex))
      for (const context of [test.context, other]) {
        const resumed = watch({ sessions, library: true, lastEventId: id }, context)
        await until(() => resumed.indexes().length + (seen[one]?.length ?? 0) + (seen[two]?.length ?? 0) === 12)
        for (const session of [one, two]) {
          expect([...(seen[session] ?? []), ...resumed.indexes(session)]).toEqual(range(0, 6))
        }
        await resumed.leave()
      }
    }
  })

  it("of a session that the position does not name begin after the reader's own", async () => {
    const [one, two] = [await newSession(), await newSession()]
    await Promise.all([append(one, 3), append(two, 3)])
    const follower = watch({
      sessions: [one, two].map((sessionId) => ({ sessionId, after: 0 })),
      lastEventId: `;${one}:1`,
    })
    await until(() => follower.indexes().length === 3)
    expect([follower.indexes(one), follower.indexes(two)]).toEqual([[2], [1, 2]])
  })
})

describe("a session that is not there", () => {
  it("is told to be gone, once, and the others go on", async () => {
    const [kept, deleted, unknown] = [await newSession(), await newSession(), randomUUID()]
    await append(deleted, 1)
    const sessions = [kept, deleted, unknown].map((sessionId) => ({ sessionId, after: -1 }))
    const follower = watch({ sessions })
    const gone = (of: Follower) => of.events.flatMap(({ event }) => (event.type === "gone" ? [event.sessionId] : []))
    await until(() => gone(follower).length === 1 && follower.indexes(deleted).length === 1)
    await elsewhere().session.delete({ id: deleted })
    await until(() => gone(follower).length === 2)
    await append(kept, 1)
    await until(() => follower.indexes(kept).length === 1)
    expect(gone(follower)).toEqual([unknown, deleted])
    const resumed = watch({ sessions, lastEventId: follower.lastEventId() })
    await append(kept, 1)
    await until(() => resumed.indexes(kept).length === 1)
    expect(gone(resumed)).toEqual([])
  })

  it("is gone too where another took its id", async () => {
    const id = await newSession()
    await append(id, 3)
    const follower = watch({ sessions: [{ sessionId: id, after: -1 }] })
    await until(() => follower.indexes().length === 3)
    await test.caller.session.delete({ id })
    await test.caller.session.create({ id })
    await until(() => follower.events.at(-1)?.event.type === "gone")
  })
})

describe("changes", () => {
  const keys = (follower: Follower) =>
    follower
      .changes()
      .map(({ kind, projectId, id, removed }) => `${kind} ${projectId}/${id}${removed ? " removed" : ""}`)

  it("tell of every kind what was created, changed and deleted here and elsewhere", async () => {
    const follower = watch({ library: true })
    await until(() => follower.events.length === 1)
    const projectId = `p-${randomUUID()}`
    const caller = elsewhere()
    await caller.clip.create({ projectId, id: "kick", name: "Kick", code: "" })
    await caller.song.create({ projectId, id: "song", name: "Song" })
    await caller.playlist.create({ projectId, id: "set", name: "Set" })
    const { id } = await test.caller.session.create({ projectId })
    const created = [`project ${projectId}/${projectId}`, `clip ${projectId}/kick`, `song ${projectId}/song`]
    created.push(`playlist ${projectId}/set`, `session ${projectId}/${id}`)
    await until(
      () => created.every((key) => keys(follower).includes(key)),
      () => keys(follower),
    )
    const steps: [string, () => Promise<unknown>][] = [
      [`song ${projectId}/song`, () => caller.song.setClips({ projectId, id: "song", clipIds: ["kick"] })],
      [`playlist ${projectId}/set`, () => caller.playlist.setSongs({ projectId, id: "set", songIds: ["song"] })],
      [`session ${projectId}/${id}`, () => append(id, 1, caller)],
      [`session ${projectId}/${id} removed`, () => caller.session.delete({ id })],
      [`playlist ${projectId}/set removed`, () => caller.playlist.delete({ projectId, id: "set" })],
    ]
    for (const [key, step] of steps) {
      const before = keys(follower).length
      await step()
      await until(
        () => keys(follower).slice(before).includes(key),
        () => keys(follower),
      )
      expect(keys(follower).slice(before)).toEqual([key])
    }
  })

  it("tell a reader without a position where its feed begins, and what is not older than what it shows", async () => {
    const projectId = `p-${randomUUID()}`
    await test.caller.project.create({ id: projectId, name: "Shortly before" })
    // A feed begins when the database answers it, which takes a busy machine a while.
    await new Promise((resolve) => setTimeout(resolve, 3000))
    const followers = [watch({ library: true }), watch({ library: true, lookBack: 10_000 })]
    await until(() => followers.every((follower) => follower.events.length > 0))
    expect(followers.map((follower) => keys(follower).includes(`project ${projectId}/${projectId}`))).toEqual([
      false,
      true,
    ])
    for (const follower of followers) expect(libraryPart(follower.lastEventId() ?? "")).toMatch(/^\d+\.\w+$/)
  })

  it("go on behind a position, through either server, without those that were told here", async () => {
    const first = watch({ library: true })
    await until(() => first.events.length === 1)
    const projectId = `p-${randomUUID()}`
    await test.caller.project.create({ id: projectId, name: "Told" })
    await until(() => keys(first).includes(`project ${projectId}/${projectId}`))
    await first.leave()
    const position = first.lastEventId()
    await test.caller.clip.create({ projectId, id: "missed", name: "Missed", code: "" })
    const here = watch({ library: true, lastEventId: position })
    const there = watch({ library: true, lastEventId: position }, other)
    await until(() => [here, there].every((follower) => keys(follower).includes(`clip ${projectId}/missed`)))
    expect(keys(here)).toEqual([`clip ${projectId}/missed`])
    expect(here.events.map(({ event }) => event.type)).toEqual(["changes"])
  })

  it("tell of a transaction that commits long after it began", async () => {
    const projectId = `p-${randomUUID()}`
    const follower = watch({ library: true })
    await until(() => follower.events.length === 1)
    await otherDatabase.db.$transaction(
      async (tx) => {
        await tx.$executeRaw`INSERT INTO projects (id, name) VALUES (${projectId}, 'Late')`
        await new Promise((resolve) => setTimeout(resolve, 7000))
      },
      { timeout: 20_000 },
    )
    expect(keys(follower)).not.toContain(`project ${projectId}/${projectId}`)
    await until(() => keys(follower).includes(`project ${projectId}/${projectId}`))
  })

  it("tell once what a server wrote whose clock is wrong", async () => {
    const follower = watch({ library: true })
    await until(() => follower.events.length === 1)
    const names = { behind: `p-${randomUUID()}`, ahead: `p-${randomUUID()}` }
    const of = (id: string) => keys(follower).filter((key) => key === `project ${id}/${id}`)
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000)
    await otherDatabase.db.project.create({ data: { id: names.behind, name: "Behind", updatedAt: at(-20) } })
    await otherDatabase.db.project.create({ data: { id: names.ahead, name: "Ahead", updatedAt: at(20) } })
    await until(() => of(names.behind).length > 0 && of(names.ahead).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 3500))
    expect([of(names.behind).length, of(names.ahead).length]).toEqual([1, 1])
  })

  it("say to read everything again where they cannot be told", async () => {
    const types = (follower: Follower) => follower.events.map(({ event }) => event.type)
    const first = watch({ library: true })
    await until(() => first.events.length === 1)
    const server = first.lastEventId()?.split(".")[1]
    const old = watch({ library: true, lastEventId: `${Date.now() - 3_600_000}.${server}` })
    await until(() => old.events.length > 0)
    expect(types(old)).toEqual(["refresh"])
    const future = watch({ library: true, lastEventId: `${Date.now() + 3_600_000}.${server}` })
    await until(() => future.events.length > 0)
    expect(types(future)).toEqual(["refresh"])

    const projectId = `p-${randomUUID()}`
    await test.caller.project.create({ id: projectId, name: "Many" })
    await otherDatabase.db.$executeRaw`INSERT INTO clips (project_id, id, name, code)
      SELECT ${projectId}, 'c' || i, 'Clip', '' FROM generate_series(1, 1500) i`
    await until(() => types(first).includes("refresh"))
    await otherDatabase.db.$executeRaw`DELETE FROM projects WHERE id = ${projectId}`
    await otherDatabase.db.$executeRaw`DELETE FROM removals`
  })
})

describe("a stream", () => {
  it("is refused for input that makes no sense", async () => {
    const sessionId = randomUUID()
    const refused = async (input: Watch) => (await failureOfCall(Promise.resolve(test.caller.live.watch(input)))).fields
    const many = range(0, 21).map(() => ({ sessionId: randomUUID(), after: -1 }))
    expect(await refused({})).toEqual({ input: "names nothing to watch" })
    expect(await refused({ sessions: many })).toEqual({ sessions: "at most 20 sessions" })
    expect(await refused({ sessions: [{ sessionId, after: -2 }] })).toEqual({ "sessions.0.after": "at least -1" })
    expect(
      await refused({
        sessions: [
          { sessionId, after: 1 },
          { sessionId: sessionId.toUpperCase(), after: 2 },
        ],
      }),
    ).toEqual({ sessions: "names a session twice" })
    for (const lastEventId of ["x", "1.a;", "1.a;b:1", `;${sessionId}:-2`]) {
      expect(await refused({ library: true, lastEventId })).toEqual({ lastEventId: "is not the id of an event" })
    }
  })

  it("needs the token", async () => {
    const stranger = createCaller({ ...test.context, authorised: false })
    const opened = Promise.resolve(stranger.live.watch({ library: true }))
    expect((await failureOfCall(opened)).reason).toBe("TOKEN_REQUIRED")
  })

  it("is one of at most 100 to an address, which others do not count for", async () => {
    const { perAddress } = limits.streams
    const followers = range(0, perAddress).map(() => watch({ library: true }))
    await until(() => test.context.live.size === perAddress)
    const refused = watch({ library: true })
    await refused.ended()
    expect(refused.failure()).toMatchObject({ reason: "TOO_MANY_STREAMS", code: "TOO_MANY_REQUESTS" })
    expect(refused.failure()).toHaveProperty("message", expect.stringContaining("100 are allowed from one address"))
    watch({ library: true }, { ...test.context, address: "192.0.2.1" })
    await until(() => test.context.live.size === perAddress + 1)
    await followers[0]?.leave()
    watch({ library: true })
    await until(() => test.context.live.size === perAddress + 1)
  })

  it("ends when its server stops", async () => {
    const live = createLiveHub({ database: test.database })
    const follower = watch({ library: true }, { ...test.context, live })
    await until(() => follower.events.length === 1)
    live.stop()
    await follower.ended()
    expect(live.size).toBe(0)
  })
})
