import { expect, it, vi } from "vitest"
import { begin } from "./begin.ts"

const ids = { session: "0197a4f0-0000-4000-8000-000000000001", message: "0197a4f0-0000-4000-8000-000000000002" }

function fakeClient() {
  const create = vi.fn(async (_: object) => ({ displayName: "A beat" }))
  const byId = vi.fn(async (_: object) => ({ displayName: "The same" }))
  const append = vi.fn(async (_: object) => {})
  return {
    ...{ create, append },
    client: {
      session: { create: { mutate: create }, byId: { query: byId } },
      message: { append: { mutate: append } },
    },
  }
}

it("asks this installation's agent, so that a request waits while there is no model", async () => {
  const { client, create, append } = fakeClient()
  expect(await begin(client, ids, "a beat")).toEqual({ displayName: "A beat", problem: undefined })
  expect(create).toHaveBeenCalledExactlyOnceWith({ id: ids.session, answeredBy: "strudel" })
  const messages = [{ role: "user", content: "a beat", clientId: ids.message }]
  expect(append).toHaveBeenCalledExactlyOnceWith({ sessionId: ids.session, messages })
})

it("goes on with the session that an earlier try made, whose answer was lost", async () => {
  const { client, create, append } = fakeClient()
  const data = { reason: "SESSION_EXISTS" }
  create.mockRejectedValue(Object.assign(new Error("there"), { name: "TRPCClientError", data }))
  expect(await begin(client, ids, "a beat")).toEqual({ displayName: "The same", problem: undefined })
  expect(append).toHaveBeenCalledOnce()
})
