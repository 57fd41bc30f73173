import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const missing = "0198a000-0000-7000-8000-000000000000"

describe("memoryFile", () => {
  it("has one primary file a session: the last that was made so", async () => {
    const sessionId = (await test.caller.session.create({})).id
    expect((await failureOfCall(test.caller.memoryFile.primary({ sessionId }))).reason).toBe("MEMORY_FILE_NOT_FOUND")
    await test.caller.memoryFile.create({ sessionId, filePath: "CLAUDE.md", isPrimary: true, loaded: true })
    await test.caller.memoryFile.create({ sessionId, filePath: "notes/kick.md" })
    expect((await test.caller.memoryFile.primary({ sessionId })).filePath).toBe("CLAUDE.md")
    await test.caller.memoryFile.update({ sessionId, filePath: "notes/kick.md", isPrimary: true })
    const files = await test.caller.memoryFile.list({ sessionId })
    expect(files.map(({ filePath, isPrimary, loaded }) => [filePath, isPrimary, loaded])).toEqual([
      ["notes/kick.md", true, false],
      ["CLAUDE.md", false, true],
    ])
    await test.caller.memoryFile.delete({ sessionId, filePath: "notes/kick.md" })
    expect(await test.caller.memoryFile.list({ sessionId })).toHaveLength(1)
  })

  it("stays with one primary file when many are made so at once", async () => {
    const sessionId = (await test.caller.session.create({})).id
    await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        test.caller.memoryFile.create({ sessionId, filePath: `${i}.md`, isPrimary: true }),
      ),
    )
    const files = await test.caller.memoryFile.list({ sessionId })
    expect(files.filter(({ isPrimary }) => isPrimary)).toHaveLength(1)
    expect(files).toHaveLength(6)
  })

  it("refuses what is there already, what is not, and paths that are too long", async () => {
    const sessionId = (await test.caller.session.create({})).id
    const file = { sessionId, filePath: "a.md" }
    await test.caller.memoryFile.create(file)
    expect((await failureOfCall(test.caller.memoryFile.create(file))).reason).toBe("MEMORY_FILE_EXISTS")
    const ghost = { sessionId, filePath: "ghost.md" }
    expect((await failureOfCall(test.caller.memoryFile.update({ ...ghost, loaded: true }))).reason).toBe(
      "MEMORY_FILE_NOT_FOUND",
    )
    expect((await failureOfCall(test.caller.memoryFile.delete(ghost))).reason).toBe("MEMORY_FILE_NOT_FOUND")
    const long = test.caller.memoryFile.create({ sessionId, filePath: "x".repeat(501) })
    expect((await failureOfCall(long)).fields).toEqual({ filePath: "at most 500 characters, not 501" })
    for (const call of [
      () => test.caller.memoryFile.create({ sessionId: missing, filePath: "a.md" }),
      () => test.caller.memoryFile.list({ sessionId: missing }),
      () => test.caller.memoryFile.update({ sessionId: missing, filePath: "a.md", loaded: true }),
    ]) {
      expect((await failureOfCall(call())).reason).toBe("SESSION_NOT_FOUND")
    }
  })
})
