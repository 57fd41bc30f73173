import { randomUUID } from "node:crypto"
import { limits } from "@strudel-agent/contract/limits"
import type { RunEvent } from "@strudel-agent/contract/run"
import { createDatabase } from "@strudel-agent/database/client"
import { sweepRuns } from "@strudel-agent/library/run/run"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { createLiveHub } from "../live/hub.ts"
import { createCaller } from "../root.ts"
import { failureOfCall } from "../testing/failure.ts"
import { type Follower, follow, until } from "../testing/live-follower.ts"
import { createTestCaller, type TestCaller, testPool } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const open: Follower[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((follower) => follower.leave()))
  // What one test leaves open is not for the next.
  for (let claimed = await claim("the last"); claimed; ) claimed = await claim("the last")
  const running = await test.database.db.run.findMany({ where: { state: "running" } })
  for (const { sessionId } of running) await test.caller.run.stop({ sessionId })
})

const usage = { inputTokens: 100, cachedTokens: 20, outputTokens: 30 }
const claim = (worker = "one") => test.caller.run.claim({ worker })
const text = (words: string): RunEvent => ({ type: "text", text: words })

async function newSession(more: Parameters<TestCaller["caller"]["session"]["create"]>[0] = {}) {
  return (await test.caller.session.create({ answeredBy: "strudel", ...more })).id
}

async function ask(sessionId: string, content = "make the kick punchier") {
  const { firstIndex } = await test.caller.message.append({ sessionId, messages: [{ role: "user", content }] })
  return firstIndex
}

async function begun(sessionId: string, worker = "one") {
  const claimed = await claim(worker)
  expect(claimed?.run.sessionId).toBe(sessionId)
  const number = claimed?.run.number ?? 0
  const key = { sessionId, number }
  const working = { ...key, worker }
  return {
    ...{ key, number, working },
    write: (from: number, ...events: RunEvent[]) => test.caller.run.write({ ...working, from, events }),
    finish: (more: object = {}) => test.caller.run.finish({ ...working, usage, cost: 0.01, ...more }),
    change: (callId: string, path: string, input: Record<string, unknown>) =>
      test.caller.run.change({ ...working, callId, input, ...isPath(path) }),
  }
}

const isPath = (path: string) => ({ path: path as "clip.create" })

const messagesOf = async (sessionId: string) => (await test.caller.message.list({ sessionId })).messages

/** Lets a run's worker be taken for gone. */
const expire = ({ sessionId, number }: { sessionId: string; number: number }) =>
  test.database.db.run.update({
    where: { sessionId_number: { sessionId, number } },
    data: { leaseUntil: new Date(Date.now() - 60_000) },
  })

describe("who answers a session", () => {
  it("is waited for by a request that was sent before there was a model", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const { askedCount, takenCount } = await test.caller.session.byId({ id: sessionId })
    expect(askedCount).toBeGreaterThan(takenCount)
    await begun(sessionId)
  })

  it("is a program elsewhere unless told, and nobody where the talk was held before", async () => {
    const { caller } = test
    expect((await caller.session.create({})).answeredBy).toBe("external")
    expect((await caller.session.create({ createdAt: "2024-01-01T00:00:00Z" })).answeredBy).toBe("none")
    expect((await caller.session.create({ answeredBy: "strudel" })).answeredBy).toBe("strudel")
  })

  it("gets a run only for messages of a person, in a session of this installation's agent", async () => {
    const { caller } = test
    for (const answeredBy of ["none", "external"] as const) await ask((await caller.session.create({ answeredBy })).id)
    const sessionId = await newSession()
    for (const role of ["assistant", "system", "note"] as const) {
      await caller.message.append({ sessionId, messages: [{ role, content: "hello" }] })
    }
    expect(await claim()).toBeNull()
    expect(await ask(sessionId)).toBe(3)
    expect((await claim())?.run).toMatchObject({ sessionId, number: 1, state: "running", askedIndex: 3 })
    expect(await claim()).toBeNull()
  })

  it("is asked once by a message that is sent twice, and by the last of several", async () => {
    const sessionId = await newSession()
    const messages = [
      { role: "user" as const, content: "one", clientId: randomUUID() },
      { role: "user" as const, content: "two", clientId: randomUUID() },
      { role: "note" as const, content: "three", clientId: randomUUID() },
    ]
    await test.caller.message.append({ sessionId, messages })
    const run = await begun(sessionId)
    expect((await test.caller.run.byNumber(run.key)).askedIndex).toBe(1)
    await run.write(0, text("Done."))
    await run.finish()
    await test.caller.message.append({ sessionId, messages })
    expect(await claim()).toBeNull()
  })

  it("is asked by many appends at once, in every session", async () => {
    const sessions = await Promise.all(Array.from({ length: 12 }, () => newSession()))
    await Promise.all(sessions.flatMap((id) => [ask(id, "one"), ask(id, "two")]))
    const claimed = await Promise.all(Array.from({ length: 20 }, (_, i) => claim(`worker ${i}`)))
    const more = []
    for (let next = await claim(); next; next = await claim()) more.push(next)
    const runs = [...claimed, ...more].flatMap((each) => (each ? [each.run] : []))
    expect(runs.map(({ sessionId }) => sessionId).toSorted()).toEqual(sessions.toSorted())
    await Promise.all(sessions.map((sessionId) => test.caller.run.stop({ sessionId })))
  })
})

describe("a run", () => {
  it("becomes a message exactly once, with its cost", async () => {
    const sessionId = await newSession({ projectId: "house", itemType: "clip", itemId: "kick" })
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("I lift "), text("the kick."))
    await run.write(2, { type: "call", callId: "1", tool: "read", title: "Read a clip", input: { uri: "x" } })
    await run.write(2, { type: "call", callId: "1", tool: "read", title: "Read a clip", input: { uri: "x" } })
    await run.write(3, { type: "result", callId: "1", ok: true, text: "its code" }, text("Now it is punchier."))
    const ended = await run.finish()
    expect(ended).toMatchObject({ state: "finished", messageIndex: 1, ...usage, cost: 0.01, failure: null })
    expect(await messagesOf(sessionId)).toMatchObject([
      { role: "user" },
      {
        role: "assistant",
        content: "I lift the kick.\n\nNow it is punchier.",
        context: { run: 1, item_type: "clip", item_id: "kick", project_id: "house" },
      },
    ])
    expect((await failureOfCall(run.finish())).reason).toBe("RUN_ENDED")
    expect((await test.caller.run.byNumber(run.key)).steps).toEqual([
      { type: "text", text: "I lift the kick." },
      {
        ...{ type: "call", callId: "1", tool: "read", title: "Read a clip", input: { uri: "x" } },
        result: { ok: true, text: "its code" },
      },
      { type: "text", text: "Now it is punchier." },
    ])
    expect(await test.database.db.runEvent.count({ where: { sessionId } })).toBe(0)
    expect(await messagesOf(sessionId)).toHaveLength(2)
  })

  it("is followed by one for what came while it was at work", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await ask(sessionId, "and a hat")
    await ask(sessionId, "and a bass")
    expect(await claim("two")).toBeNull()
    await run.write(0, text("The kick."))
    await run.finish()
    expect((await claim("two"))?.run).toMatchObject({ number: 2, askedIndex: 2 })
    expect(await claim("three")).toBeNull()
  })

  it("takes nothing of a worker that is not its own, nor after a gap, nor too much", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    const { caller } = test
    const other = { ...run.working, worker: "two" }
    expect((await failureOfCall(caller.run.write({ ...other, from: 0, events: [] }))).reason).toBe("RUN_ENDED")
    expect((await failureOfCall(caller.run.finish({ ...other, usage, cost: null }))).reason).toBe("RUN_ENDED")
    expect(await failureOfCall(run.write(3, text("late")))).toMatchObject({
      reason: "BAD_INPUT",
      fields: { from: "the run has 0 events" },
    })
    const piece = text("x".repeat(limits.run.textBytes - 100))
    let from = 0
    for (; from < Math.floor(limits.run.bytes / limits.run.textBytes); from++) await run.write(from, piece)
    expect((await failureOfCall(run.write(from, piece, piece))).reason).toBe("RUN_TOO_LONG")
    const failure = { reason: "too-long" as const, words: "It wrote too much." }
    expect(await run.finish({ failure })).toMatchObject({ state: "failed", failure, messageIndex: 1 })
  })

  it("is stopped by anybody and keeps what there is, which its worker hears at its next word", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("I beg"))
    const stopped = { state: "stopped", messageIndex: 1, stoppedBy: "Anna" }
    expect(await test.caller.run.stop({ sessionId, by: " Anna " })).toMatchObject(stopped)
    expect((await failureOfCall(run.write(1, text("in")))).reason).toBe("RUN_ENDED")
    expect(await messagesOf(sessionId)).toMatchObject([{}, { content: "I beg", context: { run: 1, ended: "stopped" } }])
    expect(await test.caller.run.stop({ sessionId })).toBeNull()
    expect(await claim()).toBeNull()
  })

  it("is the only one that is stopped where its number is told", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await ask(sessionId, "and a hat")
    const stop = () => test.caller.run.stop({ sessionId, number: run.number })
    expect(await stop()).toMatchObject({ state: "stopped", number: 1 })
    // A second press, after the next question was taken up or before.
    expect(await stop()).toBeNull()
    const second = await begun(sessionId)
    expect(await stop()).toBeNull()
    expect((await test.caller.run.byNumber(second.key)).state).toBe("running")
  })

  it("is stopped with its session, whether it is open or waits", async () => {
    const [open, queued] = [await newSession(), await newSession()]
    await ask(open)
    const run = await begun(open)
    await run.write(0, text("I beg"))
    await test.caller.session.setStatus({ id: open, status: "terminated" })
    expect((await failureOfCall(run.write(1, text("in")))).reason).toBe("RUN_ENDED")
    expect(await test.caller.run.byNumber(run.key)).toMatchObject({ state: "stopped", messageIndex: null })

    await ask(queued)
    await test.caller.run.stop({ sessionId: queued })
    await test.caller.run.again({ sessionId: queued })
    await test.caller.session.setStatus({ id: queued, status: "terminated" })
    expect(await claim()).toBeNull()
    expect((await test.caller.run.list({ sessionId: queued })).runs[0]).toMatchObject({ number: 2, state: "stopped" })
  })

  it("ends without an answer where none can be made of it, and holds up no other one", async () => {
    const [broken, whole] = [await newSession(), await newSession()]
    const runs = []
    for (const sessionId of [broken, whole]) {
      await ask(sessionId)
      const run = await begun(sessionId)
      await run.write(0, text("I begin"))
      await expire(run.key)
      runs.push(run)
    }
    const { db } = test.database
    await db.runEvent.updateMany({ where: { sessionId: broken }, data: { data: { type: "of another release" } } })
    const problems: unknown[] = []
    expect(await sweepRuns(db, (error) => problems.push(error))).toBe(2)
    expect(problems).toHaveLength(1)
    const states = await Promise.all(runs.map(async ({ key }) => (await test.caller.run.byNumber(key)).state))
    expect(states).toEqual(["interrupted", "interrupted"])
    expect((await messagesOf(whole)).map(({ content }) => content)).toContain("I begin")
  })

  it("is not begun for a question that was stopped before anybody took it up", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    expect(await test.caller.run.stop({ sessionId })).toMatchObject({ state: "stopped", number: 1, messageIndex: null })
    expect(await claim()).toBeNull()
  })

  it("is tried again and gone on with", async () => {
    const sessionId = await newSession()
    expect((await failureOfCall(test.caller.run.again({ sessionId }))).reason).toBe("NOTHING_ASKED")
    await ask(sessionId)
    const run = await begun(sessionId)
    expect((await failureOfCall(test.caller.run.again({ sessionId }))).reason).toBe("RUN_OPEN")
    await run.write(0, text("Half"))
    await test.caller.run.stop({ sessionId })
    expect(await test.caller.run.again({ sessionId, continues: true })).toMatchObject({ state: "queued", number: 2 })
    const second = await begun(sessionId, "two")
    expect(await test.caller.run.byNumber(second.key)).toMatchObject({ continues: true, askedIndex: 0 })
    await second.write(0, text("the rest"))
    await second.finish()
    expect((await messagesOf(sessionId)).map(({ content }) => content)).toEqual([
      "make the kick punchier",
      "Half",
      "the rest",
    ])
    const { runs } = await test.caller.run.list({ sessionId })
    expect(runs.map(({ number, state }) => [number, state])).toEqual([
      [2, "finished"],
      [1, "stopped"],
    ])
  })

  it("waits for another worker where its own died before a word, three times, and is interrupted then", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    for (const worker of ["one", "two"]) {
      const run = await begun(sessionId, worker)
      expect(run.number).toBe(1)
      await expire(run.key)
      expect(await sweepRuns(test.database.db)).toBe(1)
      expect((await test.caller.run.byNumber(run.key)).state).toBe("queued")
    }
    const third = await begun(sessionId, "three")
    await expire(third.key)
    await sweepRuns(test.database.db)
    expect(await test.caller.run.byNumber(third.key)).toMatchObject({ state: "interrupted", messageIndex: null })
    expect(await claim()).toBeNull()
  })

  it("is interrupted with what there was where its worker died", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("I begin"))
    expect(await sweepRuns(test.database.db)).toBe(0)
    await expire(run.key)
    expect(await Promise.all([sweepRuns(test.database.db), sweepRuns(test.database.db)])).toContain(1)
    expect(await messagesOf(sessionId)).toMatchObject([
      {},
      { content: "I begin", context: { run: 1, ended: "interrupted" } },
    ])
    expect(await messagesOf(sessionId)).toHaveLength(2)
  })

  it("ends without a message in a session that takes none any more", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("Too late"))
    await test.caller.session.setStatus({ id: sessionId, status: "terminated" })
    expect(await run.finish()).toMatchObject({ state: "finished", messageIndex: null })
  })

  it("is answered in a session that was restored with an answer of a former run of its number", async () => {
    const sessionId = await newSession()
    for (const content of ["before", "after"]) {
      await ask(sessionId)
      const run = await begun(sessionId)
      expect(run.number).toBe(1)
      await run.write(0, text(content))
      await run.finish()
      // What a backup has of it: the messages without the runs.
      const { db } = test.database
      await db.run.deleteMany({ where: { sessionId } })
      await db.session.update({ where: { id: sessionId }, data: { runCount: 0, askedCount: 0, takenCount: 0 } })
    }
    expect((await messagesOf(sessionId)).map(({ content }) => content)).toEqual([
      ...["make the kick punchier", "before"],
      ...["make the kick punchier", "after"],
    ])
  })

  it("goes with its session", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("I begin"))
    await test.caller.session.delete({ id: sessionId })
    expect((await failureOfCall(run.write(1, text("on")))).reason).toBe("RUN_NOT_FOUND")
    expect((await failureOfCall(test.caller.run.list({ sessionId }))).reason).toBe("SESSION_NOT_FOUND")
  })
})

describe("a change of a run", () => {
  const key = () => ({ projectId: "house", id: `kick-${randomUUID().slice(0, 8)}` })
  const clip = (id: { projectId: string; id: string }) => test.caller.clip.byId(id)

  it("is made at once and once, and leads back to the message that asked for it", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    const kick = key()
    const created = await run.change("a", "clip.create", { ...kick, name: "Kick", code: 's("bd*4")' })
    expect(created).toMatchObject({ state: "applied", answer: { ...kick, version: 1, code: 's("bd*4")' } })
    const louder = { ...kick, code: 's("bd*4").gain(1.2)', expectedVersion: 1 }
    expect((await run.change("b", "clip.update", louder)).state).toBe("applied")
    // The answer was lost on its way.
    expect(await run.change("b", "clip.update", louder)).toMatchObject({ state: "applied", answer: { version: 2 } })
    expect(await clip(kick)).toMatchObject({ version: 2, code: louder.code })
    const { items } = await test.caller.clip.versions(kick)
    expect(items).toMatchObject([
      { version: 2, sessionId, messageIndex: 0 },
      { version: 1, sessionId, messageIndex: 0 },
    ])
    await run.finish()
    const [, answer] = await messagesOf(sessionId)
    expect(answer).toMatchObject({
      content: "Changed the clip Kick.\nChanged the clip Kick.",
      codeChanges: [
        { item_type: "clip", item_id: kick.id, before: null, after: 's("bd*4")' },
        { before: 's("bd*4")', after: louder.code, version: 2 },
      ],
    })
  })

  it("is refused as its procedure refuses it", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    const kick = key()
    const missing = await failureOfCall(run.change("a", "clip.update", { ...kick, code: "silence" }))
    expect(missing.reason).toBe("CLIP_NOT_FOUND")
    const wrong = await failureOfCall(run.change("b", "clip.create", { ...kick, name: "", code: 's("bd")' }))
    expect(wrong).toMatchObject({ reason: "BAD_INPUT", fields: { "input.name": "must not be empty" } })
    await test.caller.clip.create({ ...kick, name: "Kick", code: 's("bd")' })
    const stale = await failureOfCall(run.change("c", "clip.update", { ...kick, code: "x", expectedVersion: 7 }))
    expect(stale.reason).toBe("CLIP_CHANGED")
    expect((await test.caller.run.changes({ sessionId })).changes).toEqual([])
  })

  it("waits for a person where the session wants that, and a later one takes its place", async () => {
    const sessionId = await newSession({ changeMode: "staged" })
    await ask(sessionId)
    const run = await begun(sessionId)
    const kick = key()
    await test.caller.clip.create({ ...kick, name: "Kick", code: 's("bd")' })
    const first = await run.change("a", "clip.update", { ...kick, code: 's("bd*2")', expectedVersion: 1 })
    expect(first).toMatchObject({ state: "staged", answer: { version: 1, code: 's("bd*2")' } })
    await run.change("b", "clip.update", { ...kick, code: 's("bd*4")', expectedVersion: 1 })
    expect(await clip(kick)).toMatchObject({ version: 1, code: 's("bd")' })
    await run.write(0, text("I propose four."))
    await run.finish()
    const { changes } = await test.caller.run.changes({ sessionId })
    expect(changes).toMatchObject([
      { callId: "a", state: "replaced" },
      { callId: "b", state: "staged", textBefore: 's("bd")', textAfter: 's("bd*4")', baseVersion: 1, version: null },
    ])
    const decided = await test.caller.run.decide({ ...run.key, callId: "b", approved: true })
    expect(decided).toMatchObject({ state: "applied", version: 2 })
    expect(await clip(kick)).toMatchObject({ version: 2, code: 's("bd*4")' })
    const again = await failureOfCall(test.caller.run.decide({ ...run.key, callId: "b", approved: true }))
    expect(again.reason).toBe("RUN_CHANGE_DECIDED")
    expect((await clip(kick)).version).toBe(2)
  })

  it("is built on by later ones, and approved with what it needs or after it", async () => {
    const sessionId = await newSession({ changeMode: "staged" })
    await ask(sessionId)
    const run = await begun(sessionId)
    const [kick, hat] = [key(), key()]
    const [song, list] = [key(), key()]
    await run.change("kick", "clip.create", { ...kick, name: "Kick", code: 's("bd")' })
    await run.change("hat", "clip.create", { ...hat, name: "Hat", code: 's("hh")' })
    const clipIds = [kick.id, hat.id, kick.id]
    const night = { ...song, name: "Night", clipIds }
    expect(await run.change("song", "song.create", night)).toMatchObject({ state: "staged", answer: { clipIds } })
    await run.change("list", "playlist.create", { ...list, name: "Set", songIds: [song.id] })
    expect((await failureOfCall(test.caller.clip.byId(kick))).reason).toBe("CLIP_NOT_FOUND")
    await run.finish()
    const staged = async () => (await test.caller.run.changes({ sessionId, state: "staged" })).changes
    const needs = async () => (await staged()).map((each) => each.needs.map(({ callId }) => callId))
    expect(await needs()).toEqual([[], [], ["kick", "hat"], ["kick", "hat", "song"]])
    const decide = (callId: string, more: object = {}) =>
      test.caller.run.decide({ ...run.key, callId, approved: true, ...more })
    const refused = await failureOfCall(decide("song"))
    expect(refused).toMatchObject({ reason: "RUN_CHANGE_NEEDS", message: expect.stringContaining("Kick and Hat") })
    await decide("hat")
    expect(await needs()).toEqual([[], ["kick"], ["kick", "song"]])
    const shown = (await staged()).find(({ callId }) => callId === "list")?.needs
    expect(await decide("list", { needed: shown })).toMatchObject({ state: "applied", version: 1 })
    expect(await staged()).toEqual([])
    expect(await test.caller.song.byId(song)).toMatchObject({ version: 1, clipIds })
  })

  it("is not approved with a later proposal of what it needs than the one that was shown", async () => {
    const sessionId = await newSession({ changeMode: "staged" })
    await ask(sessionId)
    const run = await begun(sessionId)
    const [kick, song] = [key(), key()]
    await run.change("kick", "clip.create", { ...kick, name: "Kick", code: 's("bd")' })
    await run.change("song", "song.create", { ...song, name: "Night", clipIds: [kick.id] })
    const needsOfSong = async () =>
      (await test.caller.run.changes({ sessionId })).changes.find(({ callId }) => callId === "song")?.needs
    const approve = (needed: Awaited<ReturnType<typeof needsOfSong>>) =>
      test.caller.run.decide({ ...run.key, callId: "song", approved: true, needed })
    const shown = await needsOfSong()
    await run.change("later", "clip.create", { ...kick, name: "Kick", code: 's("sbd*8")' })
    expect(await failureOfCall(approve(shown))).toMatchObject({
      reason: "RUN_CHANGE_NEEDS",
      message: expect.stringContaining("the clip Kick"),
    })
    expect((await failureOfCall(clip(kick))).reason).toBe("CLIP_NOT_FOUND")
    expect(await needsOfSong()).toMatchObject([{ callId: "later" }])
    expect(await approve(await needsOfSong())).toMatchObject({ state: "applied", version: 1 })
    expect(await clip(kick)).toMatchObject({ version: 1, code: 's("sbd*8")' })
  })

  it("says what it cannot be made without, once that is rejected", async () => {
    const sessionId = await newSession({ changeMode: "staged" })
    await ask(sessionId)
    const run = await begun(sessionId)
    const [kick, song] = [key(), key()]
    await run.change("kick", "clip.create", { ...kick, name: "Kick", code: 's("bd")' })
    await run.change("song", "song.create", { ...song, name: "Night", clipIds: [kick.id] })
    await test.caller.run.decide({ ...run.key, callId: "kick", approved: false })
    const approve = test.caller.run.decide({
      ...run.key,
      callId: "song",
      approved: true,
      needed: [{ number: run.key.number, callId: "kick" }],
    })
    const failure = await failureOfCall(approve)
    expect(failure.message).toContain(kick.id)
    expect((await test.caller.run.changes({ sessionId, state: "staged" })).changes).toMatchObject([{ callId: "song" }])
  })

  it("is counted in lists of sessions, which tell who is answered, too", async () => {
    const sessionId = await newSession({ changeMode: "staged", projectId: key().id })
    const { projectId } = await test.caller.session.byId({ id: sessionId })
    const listed = async (more: object = {}) =>
      (await test.caller.session.list({ projectId: projectId ?? "", ...more })).items.map((each) => [
        ...[each.isAnswering, each.waitingCount],
      ])
    expect(await listed()).toEqual([[false, 0]])
    await ask(sessionId)
    const run = await begun(sessionId)
    expect(await listed()).toEqual([[true, 0]])
    expect(await listed({ waiting: true })).toEqual([])
    for (const callId of ["a", "b"])
      await run.change(callId, "clip.create", { ...key(), name: "Kick", code: 's("bd")' })
    expect(await listed({ waiting: true })).toEqual([[true, 2]])
    const before = await test.database.db.session.findUniqueOrThrow({ where: { id: sessionId } })
    await run.finish()
    await test.caller.run.decide({ ...run.key, callId: "a", approved: true })
    expect(await listed()).toEqual([[false, 1]])
    const after = await test.database.db.session.findUniqueOrThrow({ where: { id: sessionId } })
    expect(after.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime())
    await test.caller.run.decide({ ...run.key, callId: "b", approved: false })
    expect(await listed()).toEqual([[false, 0]])
    expect(await listed({ waiting: true })).toEqual([])
  })

  it("is decided once by two who press at the same moment", async () => {
    const sessionId = await newSession({ changeMode: "staged" })
    await ask(sessionId)
    const run = await begun(sessionId)
    const kick = key()
    await run.change("a", "clip.create", { ...kick, name: "Kick", code: 's("bd")' })
    const both = [true, true].map((approved) => test.caller.run.decide({ ...run.key, callId: "a", approved }))
    const outcomes = (await Promise.allSettled(both)).map(({ status }) => status)
    expect(outcomes.toSorted()).toEqual(["fulfilled", "rejected"])
    expect((await clip(kick)).version).toBe(1)
  })

  it("stays proposed where what it changes is another by then, and can be rejected", async () => {
    const sessionId = await newSession({ changeMode: "staged" })
    await ask(sessionId)
    const run = await begun(sessionId)
    const kick = key()
    await test.caller.clip.create({ ...kick, name: "Kick", code: 's("bd")' })
    await run.change("a", "clip.update", { ...kick, code: 's("bd*2")', expectedVersion: 1 })
    await test.caller.clip.update({ ...kick, code: 's("sd")' })
    const approve = test.caller.run.decide({ ...run.key, callId: "a", approved: true })
    expect((await failureOfCall(approve)).reason).toBe("CLIP_CHANGED")
    expect((await test.caller.run.changes({ sessionId, state: "staged" })).changes).toHaveLength(1)
    const rejected = await test.caller.run.decide({ ...run.key, callId: "a", approved: false })
    expect(rejected).toMatchObject({ state: "rejected", version: null })
    expect((await clip(kick)).code).toBe('s("sd")')
  })

  it("is refused where a person saw another difference, also where its procedure would make it", async () => {
    const sessionId = await newSession({ changeMode: "staged" })
    await ask(sessionId)
    const run = await begun(sessionId)
    const kick = key()
    await test.caller.clip.create({ ...kick, name: "Kick", code: 's("bd")' })
    await test.caller.clip.update({ ...kick, code: 's("bd*2")' })
    await run.change("a", "clip.restore", { ...kick, version: 1 })
    await test.caller.clip.update({ ...kick, code: 's("sd")' })
    const approve = test.caller.run.decide({ ...run.key, callId: "a", approved: true })
    expect((await failureOfCall(approve)).reason).toBe("CLIP_CHANGED")
    expect((await clip(kick)).code).toBe('s("sd")')
  })

  it("is made once where the same call is on its way twice", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    const kick = key()
    const make = () => run.change("a", "clip.create", { ...kick, name: "Kick", code: 's("bd")' })
    const made = await Promise.all([make(), make(), make()])
    expect(made.map(({ state }) => state)).toEqual(["applied", "applied", "applied"])
    expect((await clip(kick)).version).toBe(1)
    expect((await test.caller.run.changes({ sessionId })).changes).toHaveLength(1)
  })

  it("is proposed once where the same call is on its way twice, also of what is not there yet", async () => {
    const sessionId = await newSession({ changeMode: "staged" })
    await ask(sessionId)
    const run = await begun(sessionId)
    const kick = key()
    const make = () => run.change("a", "clip.create", { ...kick, name: "Kick", code: 's("bd")' })
    const proposed = { state: "staged", answer: { ...kick, name: "Kick", code: 's("bd")', version: 1 } }
    expect(await Promise.all([make(), make()])).toMatchObject([proposed, proposed])
    expect(await make()).toMatchObject(proposed)
    expect((await test.caller.run.changes({ sessionId })).changes).toHaveLength(1)
  })

  it("is not told again of what is gone meanwhile", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    const kick = key()
    const make = () => run.change("a", "clip.create", { ...kick, name: "Kick", code: 's("bd")' })
    await make()
    await test.caller.clip.delete(kick)
    expect((await failureOfCall(make())).reason).toBe("CLIP_NOT_FOUND")
  })

  it("that deletes waits for a person in every session", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    const kick = key()
    await test.caller.clip.create({ ...kick, name: "Kick", code: 's("bd")' })
    expect((await run.change("a", "clip.delete", kick)).state).toBe("staged")
    expect((await clip(kick)).version).toBe(1)
    await test.caller.run.decide({ ...run.key, callId: "a", approved: true })
    expect((await failureOfCall(clip(kick))).reason).toBe("CLIP_NOT_FOUND")
  })

  it("arranges songs and playlists", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    const [kick, song, list] = [key(), key(), key()]
    await run.change("a", "clip.create", { ...kick, name: "Kick", code: 's("bd")' })
    const made = await run.change("b", "song.create", { ...song, name: "Night", clipIds: [kick.id, kick.id] })
    expect(made).toMatchObject({ state: "applied", answer: { clipIds: [kick.id, kick.id], version: 1 } })
    const fewer = await run.change("c", "song.update", { ...song, clipIds: [kick.id], expectedVersion: 1 })
    expect(fewer).toMatchObject({ answer: { clipIds: [kick.id], version: 2 } })
    const set = await run.change("d", "playlist.create", { ...list, name: "Set", songIds: [song.id] })
    expect(set).toMatchObject({ answer: { songIds: [song.id] } })
    expect(await run.change("e", "song.restore", { ...song, version: 1 })).toMatchObject({ answer: { version: 3 } })
  })
})

describe("what a run writes", () => {
  const watching = async (sessionId: string, context = test.context) => {
    const follower = follow((signal) =>
      createCaller(context, { signal }).live.watch({ sessions: [{ sessionId, after: -1 }], runs: true }),
    )
    open.push(follower)
    return follower
  }
  const runs = (follower: Follower) => follower.events.flatMap(({ event }) => (event.type === "run" ? [event] : []))
  /** What a reader has who passes over what it knows. */
  const read = (follower: Follower) => {
    const events: RunEvent[] = []
    for (const { from, events: more } of runs(follower)) events.splice(from, more.length, ...more)
    return events
  }

  it("is told to every reader at every server in order, from its beginning to those who come later", async () => {
    const database = createDatabase({ url: test.url, pool: testPool })
    const elsewhere = { ...test.context, database, live: createLiveHub({ database }) }
    const sessionId = await newSession()
    const first = await watching(sessionId)
    const second = await watching(sessionId, elsewhere)
    await ask(sessionId)
    const run = await begun(sessionId)
    const pieces = Array.from({ length: 30 }, (_, i) => text(`${i} `))
    for (const [i, piece] of pieces.entries()) await run.write(i, piece)
    const late = await watching(sessionId)
    for (const follower of [first, second, late]) await until(() => read(follower).length === 30)
    for (const follower of [first, second, late]) expect(read(follower)).toEqual(pieces)
    await run.finish()
    for (const follower of [first, second, late]) {
      await until(() => runs(follower).at(-1)?.run.state === "finished")
      const kinds = follower.events.map(({ event }) => event.type)
      // The answer is there when its run has ended.
      expect(kinds.lastIndexOf("messages")).toBeLessThan(kinds.lastIndexOf("run"))
    }
    await Promise.all(open.splice(0).map((follower) => follower.leave()))
    elsewhere.live.stop()
    await database.close()
  })

  it("comes in parts where it is much", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    const piece = text("y".repeat(60_000))
    for (let i = 0; i < 10; i++) await run.write(i, piece)
    const follower = await watching(sessionId)
    await until(() => read(follower).length === 10)
    expect(read(follower)).toEqual(Array.from({ length: 10 }, () => piece))
    expect(Math.max(...runs(follower).map(({ events }) => events.length))).toBeLessThan(4)
  })

  it("tells when its proposals are decided, and that an ended run is there to who comes later", async () => {
    const sessionId = await newSession({ changeMode: "staged" })
    await ask(sessionId)
    const run = await begun(sessionId)
    const id = `hat-${randomUUID().slice(0, 8)}`
    await run.change("a", "clip.create", { projectId: "house", id, name: "Hat", code: 's("hh*8")' })
    await run.finish()
    const follower = await watching(sessionId)
    await until(() => runs(follower).at(-1)?.run.state === "finished")
    const before = runs(follower).at(-1)?.run.changesRevision ?? 0
    await test.caller.run.decide({ ...run.key, callId: "a", approved: true })
    await until(() => (runs(follower).at(-1)?.run.changesRevision ?? 0) > before)
  })

  it("is not told to who does not ask for it", async () => {
    const sessionId = await newSession()
    const plain = follow((signal) =>
      createCaller(test.context, { signal }).live.watch({ sessions: [{ sessionId, after: -1 }] }),
    )
    open.push(plain)
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("Hello"))
    await run.finish()
    await until(() => plain.messages().length === 2)
    expect(runs(plain)).toEqual([])
  })
})

it("sums up what runs cost", async () => {
  const sessionId = await newSession({ projectId: "costly", name: "Expensive" })
  for (const cost of [0.5, 0.25, null]) {
    await ask(sessionId)
    const run = await begun(sessionId)
    await test.caller.run.write({ ...run.working, from: 0, events: [text("x")], provider: "test", model: "test:one" })
    await run.finish({ cost })
  }
  const sums = { runs: 3, inputTokens: 300, cachedTokens: 60, outputTokens: 90, cost: 0.75, unpriced: 1 }
  const costs = (by: "day" | "session" | "project" | "model") => test.caller.run.costs({ by, projectId: "costly" })
  expect((await costs("session")).rows).toEqual([{ key: sessionId, name: "Expensive", ...sums }])
  expect((await costs("project")).rows).toEqual([{ key: "costly", name: "costly", ...sums }])
  expect((await costs("model")).rows).toEqual([{ key: "test:one", name: "test:one", ...sums }])
  const day = new Date().toISOString().slice(0, 10)
  expect((await costs("day")).rows).toEqual([{ key: day, name: day, ...sums }])
  const later = new Date(Date.now() + 86_400_000).toISOString()
  expect((await test.caller.run.costs({ by: "day", from: later })).rows).toEqual([])
})

it("lets a fork be answered as its session is", async () => {
  const sessionId = await newSession({ changeMode: "staged" })
  await ask(sessionId)
  await test.caller.run.stop({ sessionId })
  const fork = await test.caller.session.fork({ id: sessionId, messageIndex: 0 })
  expect(fork).toMatchObject({ answeredBy: "strudel", changeMode: "staged" })
  expect(await claim()).toBeNull()
  await ask(fork.id, "make it softer")
  expect((await claim())?.run).toMatchObject({ sessionId: fork.id, askedIndex: 1 })
})
