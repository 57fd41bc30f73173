import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { sendFirst } from "./first-message.ts"
import { messageDrafts } from "./message-draft.ts"
import { readOutbox } from "./outbox-store.ts"

const sessionId = "0197a4f0-0000-4000-8000-000000000001"
const message = { clientId: "0197a4f0-0000-4000-8000-000000000002", content: "make a beat" }

/** A failed call as a client brings it; without a reason no server answered. */
const failedCall = (reason?: string) => () =>
  Promise.reject(Object.assign(new Error("failed"), { name: "TRPCClientError", data: reason && { reason } }))

/** A browser's storage, whose keys are its properties. */
class Shelf {
  [key: string]: unknown
  getItem(key: string) {
    return this[key] ?? null
  }
  setItem(key: string, text: string) {
    this[key] = text
  }
  removeItem(key: string) {
    delete this[key]
  }
}

beforeEach(() => {
  vi.stubGlobal("localStorage", new Shelf())
})
afterEach(() => {
  vi.unstubAllGlobals()
})

it("sends it, and leaves nothing behind", async () => {
  const append = vi.fn(async () => {})
  expect(await sendFirst(append, sessionId, message)).toBeUndefined()
  expect(append).toHaveBeenCalledExactlyOnceWith({ sessionId, messages: [{ role: "user", ...message }] })
  expect(readOutbox(sessionId)).toEqual([])
  expect(messageDrafts(sessionId).read()).toBeUndefined()
})

it("lets the session send again under the same id what may be stored already", async () => {
  expect(await sendFirst(failedCall(), sessionId, message)).toBeUndefined()
  // Without a failure: it is sent as soon as the session is open.
  expect(readOutbox(sessionId)).toEqual([{ ...message, role: "user", at: expect.any(Number) }])
  expect(messageDrafts(sessionId).read()).toBeUndefined()
})

it("leaves in the session's field what was refused", async () => {
  expect(await sendFirst(failedCall("SESSION_TERMINATED"), sessionId, message)).toMatch(/not sent.*in the field below/)
  expect(readOutbox(sessionId)).toEqual([])
  expect(messageDrafts(sessionId).read()).toMatchObject({ text: message.content, role: "user" })
})

it("tells that it may be lost where the browser keeps nothing", async () => {
  vi.stubGlobal("localStorage", undefined)
  expect(await sendFirst(failedCall(), sessionId, message)).toMatch(/may not have been sent/)
})
