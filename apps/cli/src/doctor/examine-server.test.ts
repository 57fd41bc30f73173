import type { InconsistencyPage } from "@strudel-agent/contract/inconsistency"
import { expect, it } from "vitest"
import { examineRows } from "./examine-server.ts"

const itemsOf = (kind: "session" | "song", length: number) =>
  Array.from({ length }, (_, i) => ({ kind, name: `${kind} ${i}`, problem: "does not fit" }))

/** Answers pages, and fails behind the last. */
const reading = (pages: InconsistencyPage[]) => async (input?: { cursor?: string | null | undefined }) => {
  const page = pages[Number(input?.cursor ?? 0)]
  if (page) return page
  throw new Error("no such page")
}

it("looks at every part of the library, and tells twenty of each kind", async () => {
  const findings = await examineRows(
    reading([
      { items: itemsOf("session", 15), nextCursor: "1" },
      { items: [...itemsOf("session", 15), ...itemsOf("song", 1)], nextCursor: null },
    ]),
  )
  expect(findings.map(({ level }) => level)).toEqual(Array.from({ length: 21 }, () => "problem"))
  expect(await examineRows(reading([{ items: [], nextCursor: null }]))).toMatchObject([{ level: "ok" }])
})

it("fails where a part cannot be read", async () => {
  await expect(examineRows(reading([{ items: [], nextCursor: "1" }]))).rejects.toThrow("no such page")
})
