import { ForkOrigin } from "@strudel-agent/contract/session/fork"
import fc from "fast-check"
import { expect, it } from "vitest"
import { forkOrigin } from "./fork-origin.ts"

it("reads where a session was forked as the contract does", () => {
  const origin = fc.record({
    session_id: fc.oneof(fc.uuid(), fc.string(), fc.constant(null)),
    message_index: fc.oneof(fc.nat(), fc.integer(), fc.double(), fc.string()),
  })
  fc.assert(
    fc.property(fc.oneof(origin, fc.string(), fc.constant(null)), (forked_from) => {
      const { data } = ForkOrigin.safeParse(forked_from)
      const expected = data && { sessionId: data.session_id, messageIndex: data.message_index }
      expect(forkOrigin({ forked_from })).toEqual(expected)
    }),
    { numRuns: 1000 },
  )
  const found = forkOrigin({ forked_from: { session_id: "A0000000-0000-4000-8000-000000000000", message_index: 3 } })
  expect(found).toEqual({ sessionId: "a0000000-0000-4000-8000-000000000000", messageIndex: 3 })
})
