import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

describe("project", () => {
  it("is created, changed field by field, listed and counted", async () => {
    const project = await test.caller.project.create({ id: "house", name: "House", description: "# Four" })
    expect(project).toMatchObject({ clipCount: 0, songCount: 0, playlistCount: 0, metadata: {} })
    await test.caller.clip.create({ projectId: "house", id: "kick", name: "Kick", code: "" })
    await test.caller.song.create({ projectId: "house", id: "sunset", name: "Sunset", clipIds: ["kick"] })
    const changed = await test.caller.project.update({ id: "house", name: "Deep house" })
    expect(changed).toMatchObject({ name: "Deep house", description: "# Four", clipCount: 1, songCount: 1 })
    await test.caller.project.create({ id: "techno", name: "Techno" })
    const first = await test.caller.project.list({ limit: 1 })
    expect(first.items.map(({ id }) => id)).toEqual(["techno"])
    const second = await test.caller.project.list({ limit: 1, cursor: first.nextCursor })
    expect(second.items.map(({ id }) => id)).toEqual(["house"])
    expect((await test.caller.project.list({ q: "HOU" })).items.map(({ id }) => id)).toEqual(["house"])
    const again = test.caller.project.create({ id: "house", name: "x" })
    expect((await failureOfCall(again)).reason).toBe("PROJECT_EXISTS")
  })

  it("takes all that it holds along when deleted, and leaves its sessions", async () => {
    const projectId = "going"
    await test.caller.clip.create({ projectId, id: "kick", name: "Kick", code: "" })
    await test.caller.song.create({ projectId, id: "song", name: "Song", clipIds: ["kick"] })
    await test.caller.playlist.create({ projectId, id: "list", name: "List", songIds: ["song"] })
    const session = await test.caller.session.create({ projectId, itemType: "clip", itemId: "kick" })
    await test.caller.project.delete({ id: projectId })
    expect(await test.database.db.clipVersion.count({ where: { projectId } })).toBe(0)
    expect(await test.database.db.songClip.count({ where: { projectId } })).toBe(0)
    expect((await test.caller.session.byId({ id: session.id })).projectId).toBe(projectId)
    for (const call of [
      () => test.caller.project.byId({ id: projectId }),
      () => test.caller.project.update({ id: projectId, name: "x" }),
      () => test.caller.project.delete({ id: projectId }),
    ]) {
      expect((await failureOfCall(call())).reason).toBe("PROJECT_NOT_FOUND")
    }
  })
})
