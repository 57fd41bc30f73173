import { limits } from "@strudel-agent/api/schema/limits"
import { expect, it } from "vitest"
import { inPortions } from "./clip-portions.ts"

const rows = Array.from({ length: 2 * limits.bulk + 5 }, (_, row) => row)

it("sends rows in portions that one call takes", async () => {
  const { answers, done, rest } = await inPortions(rows, async (portion) => portion.length)
  expect([answers, done.length, rest]).toEqual([[limits.bulk, limits.bulk, 5], rows.length, []])
})

it("tells what is done where a later portion fails, and sends no more", async () => {
  const away = new Error("away")
  const asked: number[] = []
  const sent = await inPortions(rows, async (portion) => {
    asked.push(portion.length)
    if (portion.includes(limits.bulk)) throw away
    return "done"
  })
  expect(asked).toEqual([limits.bulk, limits.bulk])
  expect(sent).toEqual({
    answers: ["done"],
    done: rows.slice(0, limits.bulk),
    rest: rows.slice(limits.bulk),
    error: away,
  })
})
