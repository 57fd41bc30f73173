import { limits } from "@strudel-agent/contract/limits"
import { expect, it, vi } from "vitest"
import { inBatches } from "./batches.ts"

const rows = Array.from({ length: 2 * limits.bulk + 5 }, (_, row) => row)

it("sends rows in batches that one call takes, one after the other", async () => {
  let open = 0
  const { answers, done, rest } = await inBatches(rows, async (batch) => {
    expect(++open).toBe(1)
    await Promise.resolve()
    open--
    return batch.length
  })
  expect([answers, done, rest]).toEqual([[limits.bulk, limits.bulk, 5], rows, []])
})

it("tells what is done where a later batch fails, and sends no more", async () => {
  const away = new Error("away")
  const asked: number[] = []
  const sent = await inBatches(rows, async (batch) => {
    asked.push(batch.length)
    if (batch.includes(limits.bulk)) throw away
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

it("sends the rest at once when the page is left", async () => {
  let leave = () => {}
  const leaving = new Promise<void>((resolve) => {
    leave = resolve
  })
  const asked: number[] = []
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const call = (batch: number[]) => {
    asked.push(batch.length)
    return answered
  }
  const sending = inBatches(rows, call, () => leaving)
  await Promise.resolve()
  expect(asked).toEqual([limits.bulk])
  leave()
  await vi.waitFor(() => expect(asked).toEqual([limits.bulk, limits.bulk, 5]))
  answer()
  expect((await sending).done).toEqual(rows)
})
