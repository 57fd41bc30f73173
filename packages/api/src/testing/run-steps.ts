import type { RunEvent } from "@strudel-agent/contract/run"
import { expect } from "vitest"
import type { TestCaller } from "./test-caller.ts"

export const usage = { inputTokens: 100, cachedTokens: 20, outputTokens: 30 }

export const text = (words: string): RunEvent => ({ type: "text", text: words })

const isPath = (path: string) => ({ path: path as "clip.create" })

/** What tests of runs do with the caller that they have by then. */
export function runSteps(caller: () => TestCaller) {
  const runs = () => caller().caller.run
  const claim = (worker = "one") => runs().claim({ worker })
  return {
    claim,

    async newSession(more: Parameters<TestCaller["caller"]["session"]["create"]>[0] = {}) {
      return (await caller().caller.session.create({ answeredBy: "strudel", ...more })).id
    },

    async ask(sessionId: string, content = "make the kick punchier") {
      const messages = [{ role: "user" as const, content }]
      return (await caller().caller.message.append({ sessionId, messages })).firstIndex
    },

    /** Claims the run of a session, which is the only one that waits. */
    async begun(sessionId: string, worker = "one") {
      const claimed = await claim(worker)
      expect(claimed?.run.sessionId).toBe(sessionId)
      const number = claimed?.run.number ?? 0
      const key = { sessionId, number }
      const working = { ...key, worker }
      return {
        ...{ key, number, working },
        write: (from: number, ...events: RunEvent[]) => runs().write({ ...working, from, events }),
        finish: (more: object = {}) => runs().finish({ ...working, usage, cost: 0.01, ...more }),
        change: (callId: string, path: string, input: Record<string, unknown>) =>
          runs().change({ ...working, callId, input, ...isPath(path) }),
      }
    },

    messagesOf: async (sessionId: string) => (await caller().caller.message.list({ sessionId })).messages,

    /** Lets a run's worker be taken for gone. */
    expire: ({ sessionId, number }: { sessionId: string; number: number }) =>
      caller().database.db.run.update({
        where: { sessionId_number: { sessionId, number } },
        data: { leaseUntil: new Date(Date.now() - 60_000) },
      }),

    /** Ends what a test leaves open, which is not for the next one. */
    async endAll() {
      for (let claimed = await claim("the last"); claimed; ) claimed = await claim("the last")
      const running = await caller().database.db.run.findMany({ where: { state: "running" } })
      for (const { sessionId } of running) await runs().stop({ sessionId })
    },
  }
}
