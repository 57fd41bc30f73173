import createClient from "openapi-fetch"
import type { components, paths } from "./schema.d.ts"

/** A program on a client that was generated from the description of the REST interface. */
const { GET, POST, PUT, DELETE } = createClient<paths>({ baseUrl: process.argv[2] ?? "http://127.0.0.1:3000" })

const clip = { project_id: "generated", clip_id: "kick", name: "Kick", code: 's("bd*4")' }
const created = await POST("/api/clips", { body: clip })
if (created.error) throw new Error(created.error.error.message)
const stored: components["schemas"]["Clip"] = created.data

const again = await POST("/api/clips", { body: clip })
console.log(again.response.status, again.error?.error.reason)

const params = { path: { project_id: stored.project_id, clip_id: stored.clip_id } }
const changed = await PUT("/api/clips/{project_id}/{clip_id}", { params, body: { code: 's("bd*2")' } })
console.log(changed.data?.version.toFixed(), changed.data?.code)

const listed = await GET("/api/clips", { params: { query: { project_id: "generated", limit: 10 } } })
console.log(listed.data?.map(({ name }) => name).join())

const session_id = crypto.randomUUID()
await POST("/api/sessions", { body: { session_id, session_name: "Generated" } })
const asked = { params: { path: { session_id } }, body: { messages: [{ role: "user" as const, content: "Hello" }] } }
console.log((await POST("/api/messages/{session_id}", asked)).response.status)

console.log((await DELETE("/api/clips/{project_id}/{clip_id}", { params })).response.status)
