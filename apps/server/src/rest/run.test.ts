import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { openRest, type Rest } from "./testing/open-rest.ts"

let rest: Rest
let session: string
let path: string
beforeAll(async () => {
  rest = await openRest()
})
beforeEach(async () => {
  session = randomUUID()
  path = `/sessions/${session}`
  await rest.post("/sessions", { session_id: session, answered_by: "strudel", change_mode: "staged" })
})
afterAll(() => rest.close())

const refusal = (status: number, reason: string) => ({ status, body: { error: { reason } } })
const ask = () => rest.post(`/messages/${session}`, { messages: [{ role: "user", content: "louder" }] })
const worker = { worker: "one" }
const usage = { inputTokens: 10, cachedTokens: 0, outputTokens: 5 }

/** Takes up what the session asks, as a worker does over the router. */
async function claim() {
  const { caller } = rest
  for (;;) {
    const claimed = await caller.run.claim(worker)
    if (!claimed || claimed.run.sessionId === session)
      return { ...worker, sessionId: session, number: claimed?.run.number ?? 0 }
  }
}

it("a session says who answers it", async () => {
  expect((await rest.get(path)).body).toMatchObject({ answered_by: "strudel", change_mode: "staged" })
  expect((await rest.post("/sessions", {})).body).toMatchObject({ answered_by: "external", change_mode: "direct" })
  const changed = await rest.patch(path, { answered_by: "none", change_mode: "direct" })
  expect(changed.body).toMatchObject({ answered_by: "none", change_mode: "direct" })
  expect(await rest.patch(path, { answered_by: "somebody" })).toMatchObject({
    ...{ status: 400, body: { error: { reason: "BAD_INPUT", fields: { answered_by: expect.any(String) } } } },
  })
})

it("a run is listed, read, stopped and tried again", async () => {
  expect(await rest.post(`${path}/runs`, {})).toMatchObject(refusal(409, "NOTHING_ASKED"))
  expect((await rest.get(`${path}/runs`)).body).toEqual({ runs: [], has_more: false })
  expect((await rest.post(`${path}/stop`, {})).body).toEqual({ run: null })
  await ask()
  const run = await claim()
  await rest.caller.run.write({ ...run, from: 0, events: [{ type: "text", text: "I beg" }] })
  expect((await rest.get(`${path}/runs/1`)).body).toMatchObject({
    ...{ run_number: 1, state: "running", steps: [{ type: "text", text: "I beg" }] },
  })
  expect((await rest.post(`${path}/stop`, {})).body).toMatchObject({ run: { state: "stopped", message_index: 1 } })
  expect(await rest.post(`${path}/runs`, {})).toMatchObject({ status: 201, body: { run_number: 2, state: "queued" } })
  expect(await rest.post(`${path}/runs`, {})).toMatchObject(refusal(409, "RUN_OPEN"))
  expect((await rest.get(`${path}/runs?limit=1`)).body).toMatchObject({ runs: [{ run_number: 2 }], has_more: true })
  expect((await rest.get(`${path}/runs?before=2`)).body).toMatchObject({ runs: [{ run_number: 1 }], has_more: false })
  expect(await rest.get(`${path}/runs/9`)).toMatchObject(refusal(404, "RUN_NOT_FOUND"))
  expect(await rest.get(`${path}/runs?limit=1000`)).toMatchObject(refusal(400, "BAD_INPUT"))
  expect(await rest.get(`/sessions/${randomUUID()}/runs`)).toMatchObject(refusal(404, "SESSION_NOT_FOUND"))
  await rest.post(`${path}/stop`, {})
})

it("a proposed change is listed and decided", async () => {
  await ask()
  const run = await claim()
  const input = { projectId: "house", id: "kick", name: "Kick", code: 's("bd")' }
  await rest.caller.run.change({ ...run, callId: "a", path: "clip.create", input })
  await rest.caller.run.finish({ ...run, usage, cost: 0.01 })
  expect((await rest.get(`${path}/changes?state=staged`)).body).toMatchObject([
    { ...{ run_number: 1, call_id: "a", state: "staged", item_id: "kick", text_before: null }, text_after: 's("bd")' },
  ])
  expect(await rest.get("/clips/kick?project_id=house")).toMatchObject(refusal(404, "CLIP_NOT_FOUND"))
  const decided = await rest.patch(`${path}/runs/1/changes/a`, { approved: true })
  expect(decided).toMatchObject({ status: 200, body: { state: "applied", version: 1 } })
  expect((await rest.get("/clips/kick?project_id=house")).body).toMatchObject({ code: 's("bd")' })
  expect(await rest.patch(`${path}/runs/1/changes/a`, { approved: true })).toMatchObject(
    refusal(409, "RUN_CHANGE_DECIDED"),
  )
  expect(await rest.patch(`${path}/runs/1/changes/b`, { approved: true })).toMatchObject(
    refusal(404, "RUN_CHANGE_NOT_FOUND"),
  )
  expect((await rest.get(`${path}/changes?state=staged`)).body).toEqual([])
})

it("what a proposed change needs is told, counted, and approved with it", async () => {
  await ask()
  const run = await claim()
  const clip = { projectId: session, id: "hat", name: "Hat", code: 's("hh")' }
  await rest.caller.run.change({ ...run, callId: "a", path: "clip.create", input: clip })
  const song = { projectId: session, id: "night", name: "Night", clipIds: ["hat"] }
  await rest.caller.run.change({ ...run, callId: "b", path: "song.create", input: song })
  const listed = async (query: string) => (await rest.get(`/sessions?${query}`)).body
  expect(await listed("waiting=true")).toMatchObject([{ session_id: session, waiting_count: 2, is_answering: true }])
  expect((await rest.post(`${path}/stop?by=Anna`, {})).body).toMatchObject({ run: { stopped_by: "Anna" } })
  expect(await listed("waiting=true")).toMatchObject([{ waiting_count: 2, is_answering: false }])
  const needs = [{ run_number: 1, call_id: "a", item_type: "clip", item_id: "hat", item_name: "Hat" }]
  expect((await rest.get(`${path}/changes?state=staged`)).body).toMatchObject([{ needs: [] }, { needs }])
  const decide = (body: object) => rest.patch(`${path}/runs/1/changes/b`, body)
  expect(await decide({ approved: true })).toMatchObject(refusal(409, "RUN_CHANGE_NEEDS"))
  const other = [{ run_number: 1, call_id: "other" }]
  expect(await decide({ approved: true, needed: other })).toMatchObject(refusal(409, "RUN_CHANGE_NEEDS"))
  expect(await decide({ approved: true, needed: [{ call_id: "a" }] })).toMatchObject(refusal(400, "BAD_INPUT"))
  const needed = [{ run_number: 1, call_id: "a" }]
  expect(await decide({ approved: true, needed })).toMatchObject({ body: { state: "applied", version: 1 } })
  expect(await listed("waiting=true")).toEqual([])
  expect(await rest.get("/sessions?waiting=perhaps")).toMatchObject(refusal(400, "BAD_INPUT"))
})
