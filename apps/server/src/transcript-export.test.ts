import { type IncomingMessage, request } from "node:http"
import { createClient } from "@strudel-agent/client/client"
import { createDatabase } from "@strudel-agent/database/client"
import { createTestDatabase } from "@strudel-agent/database/testing/test-database"
import { readConversation, refusalOf } from "@strudel-agent/project-folder/testing/read-conversation"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { buildDoor } from "./door.ts"
import { openTestDoor, type TestDoor } from "./testing/test-door.ts"

let test: TestDoor
beforeAll(async () => {
  test = await openTestDoor()
})
afterAll(() => test.close())

async function newSession(count: number, name: string) {
  const { id } = await test.client.session.create.mutate({ name })
  for (let start = 0; start < count; start += 500) {
    await test.client.message.append.mutate({
      sessionId: id,
      messages: Array.from({ length: Math.min(500, count - start) }, (_, i) => ({
        role: i % 2 ? ("assistant" as const) : ("user" as const),
        content: `take ${start + i}`,
        timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, start + i)).toISOString(),
        ...(i % 10 === 0 ? { codeChanges: { item_id: "kick", before: "a", after: `b${i}` } } : {}),
      })),
    })
  }
  return id
}

it("is not read for who asks for its head alone", async () => {
  const id = await newSession(2, "Head")
  expect((await fetch(`${test.url}/export/sessions/${id}.json`, { method: "HEAD" })).status).toBe(404)
})

const read = (id: string, format: string) => fetch(`${test.url}/export/sessions/${id}.${format}`)

describe.each(["json", "jsonl"])("%s", (format) => {
  it("is the whole session, to be imported again as it was", async () => {
    const id = await newSession(1234, "Night: “Größe” / take 1")
    const response = await read(id, format)
    expect(response.status).toBe(200)
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="Night-Gro-e-take-1.${format}"; filename*=UTF-8''${encodeURIComponent(`Night-Größe-take-1.${format}`)}`,
    )
    const { messages, leftOut, warnings } = readConversation(await response.text())
    expect([leftOut, warnings]).toEqual([[], []])
    expect(messages).toHaveLength(1234)
    const stored = await test.client.message.list.query({ sessionId: id, limit: 200 })
    expect(messages.slice(-200)).toEqual(
      stored.messages.map(({ role, content, timestamp, codeChanges, clientId }) => ({
        role,
        content,
        timestamp,
        client_id: clientId,
        ...(codeChanges ? { code_changes: codeChanges } : {}),
      })),
    )
  })

  it("of a session without messages has none", async () => {
    const text = await (await read(await newSession(0, "Silence"), format)).text()
    expect(refusalOf(text) === undefined ? readConversation(text).messages : []).toEqual([])
  })
})

it("markdown has a heading for each message", async () => {
  const response = await read(await newSession(450, "Night"), "md")
  expect(response.headers.get("content-type")).toBe("text/markdown; charset=utf-8")
  const text = await response.text()
  expect(text.match(/^## \d+ · /gm)).toHaveLength(450)
  expect(text).toContain("take 449")
})

it("says in words what is not there", async () => {
  for (const file of ["00000000-0000-4000-8000-000000000000.md", "x.md", "00000000-0000-4000-8000-000000000000.pdf"]) {
    const response = await fetch(`${test.url}/export/sessions/${file}`)
    expect(response.status).toBe(404)
    expect(await response.text()).toMatch(/There is no(thing|) /)
  }
})

it("asks for the token where there is one", async () => {
  const guarded = await openTestDoor({ token: "secret" })
  const { id } = await guarded.client.session.create.mutate({})
  const url = `${guarded.url}/export/sessions/${id}.md`
  expect((await fetch(url)).status).toBe(401)
  expect((await fetch(url, { headers: { authorization: "Bearer secret" } })).status).toBe(200)
  await guarded.close()
})

it("reads no further where nothing is taken, and ends when the one who asked leaves", async () => {
  const { url: databaseUrl, close: dropDatabase } = await createTestDatabase()
  let pages = 0
  const database = createDatabase({
    url: databaseUrl,
    pool: { size: 2, maxOverflow: 2, recycleSeconds: 60, commandTimeoutSeconds: 20, echo: true },
    log: { info: (statement) => void (statement.includes("json_agg") && pages++), warn: () => {} },
  })
  const door = await buildDoor({ allowedHosts: [], version: "0.0.0-test", database, analyser: createAnalyser() })
  const url = await door.listen({ host: "127.0.0.1", port: 0 })
  const client = createClient({ url })
  const { id } = await client.session.create.mutate({ name: "Large" })
  const content = "x".repeat(1_000_000)
  for (let i = 0; i < 8; i++) {
    const messages = Array.from({ length: 10 }, () => ({ role: "user" as const, content }))
    await client.message.append.mutate({ sessionId: id, messages })
  }
  const call = request(`${url}/export/sessions/${id}.jsonl`)
  call.end()
  const response = await new Promise<IncomingMessage>((resolve) => call.once("response", resolve))
  await new Promise((resolve) => response.once("readable", resolve))
  const settled = async () => {
    for (let before = -1; before !== pages; ) {
      before = pages
      await new Promise((resolve) => setTimeout(resolve, 700))
    }
    return pages
  }
  // Ten pages of eight messages are there; what the sockets hold is a fraction of that.
  expect(await settled()).toBeLessThan(6)
  const taken = pages
  response.once("error", () => {})
  call.destroy()
  expect(await settled()).toBeLessThanOrEqual(taken + 1)
  await door.close()
  await database.close()
  await dropDatabase()
})
