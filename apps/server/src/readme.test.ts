import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { openTestDoor, type TestDoor } from "./testing/test-door.ts"

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8")

/** The first fenced block of the README in a language that holds this text. */
const blockWith = (language: string, part: string): string =>
  [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].flatMap(([, found, text]) =>
    found === language && text?.includes(part) ? [text] : [],
  )[0] ?? ""

let test: TestDoor
beforeAll(async () => {
  test = await openTestDoor()
})
afterAll(() => test.close())

const here = (text: string): string => text.replaceAll("http://127.0.0.1:3000", test.url)

describe("what the README shows", () => {
  it("works through the typed client", async () => {
    const folder = await mkdtemp(fileURLToPath(new URL("readme-", import.meta.url)))
    const following = `const following = (async () => {\n${blockWith("ts", "strudel.follow")}\n})()`
    const listening = [blockWith("ts", "live.watch"), "export { following, listening }"]
    const shown = [blockWith("ts", "createClient"), following, ...listening]
    await writeFile(`${folder}/example.ts`, here(shown.join("\n")))
    const said = vi.spyOn(console, "log").mockReturnValue()
    const example = await import(`${folder}/example.ts`).finally(() => rm(folder, { recursive: true }))
    const words = () => said.mock.calls.flat()
    await vi.waitFor(() => expect(words()).toContain("assistant: Done: a shorter decay."), 10_000)
    const [session] = (await test.client.session.list.query({ q: "Late night" })).items
    await test.client.message.append.mutate({
      sessionId: session?.id ?? "",
      messages: ["Later still.", "Good night."].map((content) => ({ role: "user" as const, content })),
    })
    await vi.waitFor(() => {
      expect(words()).toContain("user: Later still.")
      expect(words()).toContain(`changed: session ${session?.id}`)
    }, 10_000)
    await example.following
    await vi.waitFor(() => expect(words().filter((line) => line === "user: Good night.")).toHaveLength(2), 10_000)
    example.listening.unsubscribe()
    said.mockRestore()
    expect(session).toMatchObject({ messageCount: 2, projectId: "house" })
  })

  it("works through REST", async () => {
    const { stdout } = await promisify(execFile)("sh", ["-ec", here(blockWith("sh", "punchier"))])
    expect(stdout).toContain("Make the kick punchier.")
    expect(stdout).toContain('"message_count":1')
    expect(stdout).toContain('"events":48')
  })
})
