import type { AppRouter } from "@strudel-agent/api/root"
import { clientOf } from "@strudel-agent/client/client"
import { RunWrite } from "@strudel-agent/contract/run"
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client"
import { observable } from "@trpc/server/observable"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { RunWriter } from "./run-writer.ts"

/** What the server was sent, and whether it stores it and says that it does not. */
let sent: RunWrite[]
let isRefusing: boolean

const refusal = () =>
  TRPCClientError.from<AppRouter>({
    error: {
      ...{ message: "The server is busy.", code: -32603 },
      data: { code: "TOO_MANY_REQUESTS", httpStatus: 429, path: "run.write", reason: "SERVER_BUSY", stack: undefined },
    },
  })

const link: TRPCLink<AppRouter> =
  () =>
  ({ op }) =>
    observable((observer) => {
      sent.push(RunWrite.parse(op.input))
      if (isRefusing) return observer.error(refusal())
      observer.next({ result: { type: "data", data: { eventCount: 0 } } })
      observer.complete()
    })

let writer: RunWriter
beforeEach(() => {
  sent = []
  isRefusing = true
  vi.useFakeTimers()
  const key = { sessionId: "7b0c7a5e-54a1-4c7e-8f1c-0d6b8f0a9d11", number: 1, worker: "test" }
  writer = new RunWriter({ client: clientOf(createTRPCClient<AppRouter>({ links: [link] })), key, onOver() {} })
})
afterEach(() => {
  writer.close()
  vi.useRealTimers()
})

const { signal } = new AbortController()

it("does not add to a text that was sent and may be stored", async () => {
  writer.add({ type: "text", text: "One, " })
  await vi.advanceTimersByTimeAsync(10)
  writer.add({ type: "text", text: "two." })
  isRefusing = false
  const flushed = writer.flush(signal)
  await vi.advanceTimersByTimeAsync(1000)
  await flushed
  const pieces = sent.flatMap(({ from, events }) => (events.length > 0 ? [{ from, events }] : []))
  expect(pieces).toEqual([
    { from: 0, events: [{ type: "text", text: "One, " }] },
    { from: 0, events: [{ type: "text", text: "One, " }] },
    { from: 1, events: [{ type: "text", text: "two." }] },
  ])
})

it("waits longer and longer for a server that refuses what is flushed, and for no abort", async () => {
  const leaving = new AbortController()
  writer.add({ type: "text", text: "One." })
  const flushed = writer.flush(leaving.signal)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sent.length).toBeGreaterThan(4)
  expect(sent.length).toBeLessThan(12)
  leaving.abort()
  await flushed
  await expect(writer.flush(leaving.signal)).resolves.toBeUndefined()
})
