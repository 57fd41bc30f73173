import { randomUUID } from "node:crypto"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { runSteps, text } from "../testing/run-steps.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const { newSession, ask, begun, messagesOf, endAll } = runSteps(() => test)
afterEach(endAll)

describe("a change of a run", () => {
  const key = () => ({ projectId: "house", id: `kick-${randomUUID().slice(0, 8)}` })
  const clip = (id: { projectId: string; id: string }) => test.caller.clip.byId(id)
  /** A run that proposes a clip and a song of it. */
  async function proposedSong() {
    const sessionId = await newSession({ changeMode: "staged" })
    await ask(sessionId)
    const run = await begun(sessionId)
    const [kick, song] = [key(), key()]
    await run.change("kick", "clip.create", { ...kick, name: "Kick", code: 's("bd")' })
    await run.change("song", "song.create", { ...song, name: "Night", clipIds: [kick.id] })
    return { sessionId, run, kick }
  }

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
    const { sessionId, run, kick } = await proposedSong()
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
    const { sessionId, run, kick } = await proposedSong()
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
