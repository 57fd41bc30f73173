import { afterEach, expect, it } from "vitest"
import { createMetrics } from "./metrics.ts"
import { openTestDoor, type TestDoor } from "./testing/test-door.ts"

let doors: TestDoor[] = []
afterEach(async () => {
  await Promise.all(doors.map((door) => door.close()))
  doors = []
})

async function open(...options: Parameters<typeof openTestDoor>): Promise<TestDoor> {
  const door = await openTestDoor(...options)
  doors.push(door)
  return door
}

const told = (text: string, name: string): number =>
  Number(new RegExp(`^${name.replace(/[{}]/g, "\\$&")} (\\S+)$`, "m").exec(text)?.[1])

it("requests, connections, streams, the analysis queue and the event loop are told to programs on this machine", async () => {
  const { url, client } = await open({ metrics: createMetrics() })
  await client.clip.create.mutate({ projectId: "house", id: "kick", name: "Kick", code: 's("bd")', metadata: {} })
  await fetch(`${url}/api/sessions/none`)
  const answer = await fetch(`${url}/metrics`)
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    200,
    expect.stringMatching(/^text\/plain; version=/),
  ])
  const text = await answer.text()
  const requests = "strudel_http_request_duration_seconds_count"
  expect(told(text, `${requests}{door="trpc",method="POST",status="200"}`)).toBe(1)
  expect(told(text, `${requests}{door="api",method="GET",status="400"}`)).toBe(1)
  expect(told(text, "strudel_analysis_queue")).toBe(1)
  expect(told(text, "strudel_live_streams")).toBe(0)
  expect(told(text, "strudel_database_connections_open")).toBeGreaterThan(0)
  expect(told(text, "nodejs_eventloop_lag_p99_seconds")).toBeGreaterThan(0)
})

it("they are told to nobody who comes by a proxy, and with a token to nobody who does not bring it", async () => {
  const { url } = await open({ metrics: createMetrics() })
  for (const name of ["x-forwarded-for", "forwarded"]) {
    expect((await fetch(`${url}/metrics`, { headers: { [name]: "203.0.113.7" } })).status).toBe(404)
  }
  const token = "a-token-of-some-length"
  const guarded = await open({ metrics: createMetrics(), token })
  expect((await fetch(`${guarded.url}/metrics`)).status).toBe(401)
  const authorization = `Bearer ${token}`
  expect((await fetch(`${guarded.url}/metrics`, { headers: { authorization } })).status).toBe(200)
})

it("the rest is told while the database is away", async () => {
  const { url, database } = await open({ metrics: createMetrics() })
  await database.close(0)
  const text = await (await fetch(`${url}/metrics`)).text()
  expect(told(text, "strudel_analysis_queue")).toBeNaN()
  expect(told(text, "strudel_live_streams")).toBe(0)
})
