import { expect, it } from "vitest"
import { FairQueue } from "./fair-queue.ts"

const item = (caller: string, number = 0) => ({ caller, number })

it("takes turns: who has less running comes first, else who came first", () => {
  const queue = new FairQueue(10)
  const [first, second, other] = [item("a", 1), item("a", 2), item("b")]
  queue.begin(item("a"))
  for (const each of [first, second, other]) expect(queue.add(each)).toBeNull()
  expect(queue.next()).toBe(other)
  queue.begin(other)
  expect(queue.next()).toBe(first)
  queue.end(item("a"))
  queue.end(other)
  expect(queue.next()).toBe(second)
  expect(queue.next()).toBeUndefined()
})

it("makes room for whoever has less waiting, and for nobody who has as much", () => {
  const queue = new FairQueue(3)
  const greedy = [item("a", 1), item("a", 2), item("a", 3), item("a", 4)]
  expect(greedy.map((each) => queue.add(each))).toEqual([null, null, null, greedy[3]])
  const other = item("b")
  expect(queue.add(other)).toBe(greedy[2])
  const more = item("b", 2)
  expect(queue.add(more)).toBe(more)
  expect(queue.clear()).toEqual([greedy[0], greedy[1], other])
})
