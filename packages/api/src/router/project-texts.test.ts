import { afterAll, beforeAll, expect, it } from "vitest"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

it("reads the texts of kept files, and passes over what is none", async () => {
  const base64 = (content: string | Uint8Array) => Buffer.from(content).toString("base64")
  await test.caller.project.importFiles({
    projectId: "house",
    files: [
      { path: "AGENTS.md", content: base64("Slow.") },
      { path: "cover.png", content: base64(new Uint8Array([0x89, 0x50, 0xff, 0xfe])) },
    ],
  })
  const paths = ["AGENTS.md", "cover.png", "../AGENTS.md", "else.md"]
  expect(await test.caller.project.texts({ projectId: "house", paths })).toEqual({
    files: [{ path: "AGENTS.md", text: "Slow." }],
  })
  expect(await test.caller.project.texts({ projectId: "other", paths })).toEqual({ files: [] })
})
