import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openRest, type Rest } from "./testing/open-rest.ts"

let rest: Rest
let address: string
beforeAll(async () => {
  rest = await openRest()
  address = await rest.app.listen({ host: "127.0.0.1", port: 0 })
})
afterAll(() => rest.close())

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A row of the router under the names of REST; `names` are those that differ by more than their case. */
function inRestWords(row: object, names: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [names[name] ?? snakeCase(name), value]))
}

interface Told {
  seenCount: number
  askedCount: number
  takenCount: number
  preview?: unknown
}

test("a session is the same through both", async () => {
  const { caller } = rest
  const names = { id: "session_id", itemType: "session_type", name: "session_name" }
  // What only the page asks for is not promised to others.
  const told = ({ seenCount: _, askedCount: __, takenCount: ___, preview: ____, ...row }: Told) =>
    inRestWords(row, names)
  const made = await caller.session.create({
    agentName: "composer",
    modelName: "model-1",
    provider: "someone",
    projectId: "house",
    itemType: "song",
    itemId: "anthem",
    name: "Evening",
    metadata: { tags: ["a"], camelCase: { keptAsItIs: true } },
  })
  expect((await rest.get(`/sessions/${made.id}`)).body).toEqual(told(made))
  const patched = await rest.patch(`/sessions/${made.id}`, { status: "idle", metadata: { another_one: 1 } })
  expect(told(await caller.session.byId({ id: made.id }))).toEqual(patched.body)
  const { items } = await caller.session.list({})
  expect((await rest.get("/sessions")).body).toEqual(items.map(told))
})

test("messages are the same through both", async () => {
  const { caller } = rest
  const sessionId = randomUUID()
  await caller.session.create({ id: sessionId })
  await caller.message.append({
    sessionId,
    messages: [{ role: "assistant", content: "a", codeChanges: [{ before: "x", after: "y" }], clientId: randomUUID() }],
  })
  await rest.post(`/messages/${sessionId}`, { messages: [{ role: "user", content: "b", context: { itemId: "kept" } }] })
  const { messages, hasMore } = await caller.message.list({ sessionId })
  expect((await rest.get(`/messages/${sessionId}`)).body).toEqual({
    messages: messages.map(({ sessionId: _, clientId, ...message }) =>
      inRestWords({ ...message, ...(clientId ? { clientId } : {}) }, {}),
    ),
    has_more: hasMore,
  })
  expect((await rest.get(`/messages/${sessionId}/count`)).body).toEqual({ message_count: 2 })
})

test("memory files are the same through both", async () => {
  const { id: sessionId } = await rest.caller.session.create({})
  await rest.caller.memoryFile.create({ sessionId, filePath: "a.md", isPrimary: true })
  await rest.post(`/sessions/${sessionId}/memory-files`, { file_path: "b.md", loaded: true })
  const files = await rest.caller.memoryFile.list({ sessionId })
  expect(files).toHaveLength(2)
  expect((await rest.get(`/sessions/${sessionId}/memory-files`)).body).toEqual(
    files.map(({ sessionId: _, ...file }) => inRestWords(file, {})),
  )
})

test("the library is the same through both", async () => {
  const { caller } = rest
  const projectId = "both"
  await caller.clip.create({ projectId, id: "c", name: "C", code: "s('bd')", metadata: { bpmRange: [1, 2] } })
  await rest.post("/songs", { project_id: projectId, song_id: "s", name: "S", clip_ids: ["c", "c"], body: "# S" })
  await caller.playlist.create({ projectId, id: "p", name: "P", songIds: ["s"] })

  const project = await caller.project.byId({ id: projectId })
  expect((await rest.get("/projects/both")).body).toEqual(inRestWords(project, { id: "project_id" }))
  const { songs: _, picture, analysis, level, ...clip } = await caller.clip.byId({ projectId, id: "c" })
  expect((await rest.get("/clips/both/c")).body).toEqual(inRestWords(clip, { id: "clip_id" }))
  const { clips: __, playlists: ___, ...song } = await caller.song.byId({ projectId, id: "s" })
  expect((await rest.get("/songs/both/s")).body).toEqual(inRestWords(song, { id: "song_id" }))
  const { songs: ____, ...playlist } = await caller.playlist.byId({ projectId, id: "p" })
  expect((await rest.get("/playlists/both/p")).body).toEqual(inRestWords(playlist, { id: "playlist_id" }))
})

test("over a connection, as over the injected ones", async () => {
  const headers = { "content-type": "application/json" }
  const session_id = randomUUID()
  const url = `${address}/api/sessions`
  const created = await fetch(url, { method: "POST", headers, body: JSON.stringify({ session_id }) })
  expect(created.status).toBe(201)
  expect(await created.json()).toEqual((await rest.get(`/sessions/${session_id}`)).body)

  const stream = new Blob([JSON.stringify({ session_name: "in pieces", filler: "x".repeat(100_000) })]).stream()
  const chunked = await fetch(url, { method: "POST", headers, body: stream, duplex: "half" })
  expect(await chunked.json()).toMatchObject({ session_name: "in pieces" })

  const page = await fetch(`${url}?limit=1`)
  expect(await page.json()).toHaveLength(1)
  expect(page.headers.get("x-next-cursor")).toMatch(/^[\w-]+$/)
  const head = await fetch(`${url}?limit=1`, { method: "HEAD" })
  expect(head.status).toBe(200)
  expect(head.headers.get("x-next-cursor")).toBe(page.headers.get("x-next-cursor"))

  const removed = await fetch(`${url}/${session_id}`, { method: "DELETE", headers })
  expect(removed.status).toBe(204)
  expect(await removed.text()).toBe("")
  expect((await fetch(`${url}/${session_id}`)).status).toBe(404)
})

test("a body over the limit is answered over a connection", async () => {
  const answer = await fetch(`${address}/api/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ metadata: { filler: "x".repeat(17 * 1024 * 1024) } }),
  })
  expect(answer.status).toBe(413)
  expect(await answer.json()).toMatchObject({ error: { reason: "BODY_TOO_LARGE" } })
})
