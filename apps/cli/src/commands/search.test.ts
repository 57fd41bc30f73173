import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, expect, it } from "vitest"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
const sessionId = "00000000-0000-4000-8000-0000000000d1"
beforeAll(async () => {
  server = await startTestServer()
  const client = createClient({ url: server.url })
  const clip = { projectId: "house", id: "snare", name: "Snare", code: 's("sd*2")\n  .every(4, x => x.fast(2))' }
  await client.clip.create.mutate(clip)
  await client.session.create.mutate({ id: sessionId, name: "Drum talk" })
  await client.message.append.mutate({
    sessionId,
    messages: [{ role: "user", content: "Louder\u001b[2J snare\nplease" }],
  })
})
afterAll(() => server.close())

const run = (...argv: string[]) => runCommand(server.url, ["search", ...argv])
const rows = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/))

it("prints what is found with its kind, id, name and text, and nothing that a terminal acts upon", async () => {
  const { stdout, code } = await run("snare")
  expect(code).toBe(0)
  expect(rows(stdout)).toEqual([
    ["KIND", "ID", "NAME", "TEXT"],
    ["clip", "house/snare", "Snare", 's("sd*2")'],
    ["message", `${sessionId}/0`, "Drum talk", "Louder\ufffd[2J snare please"],
  ])
})

it("takes several words as one text, and tells the line of code", async () => {
  const { stdout } = await run("x", "=>", "x.fast(2)")
  expect(rows(stdout)[1]).toEqual(["clip", "house/snare:2", "Snare", ".every(4, x => x.fast(2))"])
  expect(rows((await run("snrae")).stdout)[1]?.[1]).toBe("house/snare")
})

it("filters, limits, and prints JSON", async () => {
  expect((await run("snare", "--kind", "message", "--json")).json()).toMatchObject({
    hits: [{ messageIndex: 0 }],
    more: false,
  })
  expect((await run("snare", "--project", "techno")).stdout).toBe("Nothing is found.\n")
  const { stdout, stderr } = await run("snare", "--limit", "1")
  expect(rows(stdout)).toHaveLength(2)
  expect(stderr).toBe("There is more: --limit says how many to show.\n")
  expect((await run("snare", "--kind", "drum")).code).toBe(2)
  expect((await run()).code).toBe(2)
})
