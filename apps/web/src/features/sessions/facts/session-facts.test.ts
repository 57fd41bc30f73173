import { SessionFacts } from "@strudel-agent/contract/session"
import fc from "fast-check"
import { expect, it } from "vitest"
import { sessionTags } from "./session-facts.ts"

const value = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(fc.string(), fc.integer())),
  fc.constantFrom(["drums"], ["drums", "acid"], { tags: 1 }, []),
)

it("reads a session's tags as the contract does", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("tags", "bpm", "name"), value), (found) => {
      expect(sessionTags(found)).toEqual(SessionFacts.parse(found).tags)
    }),
    { numRuns: 500 },
  )
})
