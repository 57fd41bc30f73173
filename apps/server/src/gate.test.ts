import { expect, it } from "vitest"
import { createGate } from "./gate.ts"

const staying = new AbortController().signal
const refusal = () => new Error("too many")

/** Asks for places that are given back as soon as they are had, and tells in which order. */
function openQueue(gate: ReturnType<typeof createGate>) {
  const order: string[] = []
  const asked: Promise<unknown>[] = []
  return {
    order,
    ask(...hosts: string[]) {
      for (const host of hosts) {
        const turn = gate.enter(host, staying).then((leave) => {
          order.push(host)
          leave()
        })
        asked.push(turn)
      }
    },
    done: () => Promise.all(asked),
  }
}

it("lets hosts take turns, however many wait for one of them", async () => {
  const gate = createGate({ running: 1, waiting: 20, refusal })
  const leave = await gate.enter("many", staying)
  const queue = openQueue(gate)
  queue.ask("many", "many", "many", "many", "few", "some", "some")
  leave()
  await queue.done()
  expect(queue.order).toEqual(["many", "few", "some", "many", "some", "many", "many"])
})

it("keeps the others' places from a host that has as many as it may", async () => {
  const gate = createGate({ running: 3, perHost: 2, waiting: 20, refusal })
  const slow = [await gate.enter("slow", staying), await gate.enter("slow", staying)]
  const queue = openQueue(gate)
  queue.ask("slow")
  for (let turn = 0; turn < 3; turn++) (await gate.enter("quick", staying))()
  expect(queue.order).toEqual([])
  for (const leave of slow) leave()
  await queue.done()
})

it("refuses what waits too long a queue for its host, and that of no other", async () => {
  const gate = createGate({ running: 1, waiting: 1, refusal })
  const leave = await gate.enter("a", staying)
  const queue = openQueue(gate)
  queue.ask("a", "b")
  await expect(gate.enter("a", staying)).rejects.toThrow("too many")
  leave()
  await queue.done()
  expect(queue.order.toSorted()).toEqual(["a", "b"])
})

it("forgets at once who leaves the queue, and takes nobody in who has left", async () => {
  const gate = createGate({ running: 1, waiting: 1, refusal })
  const leave = await gate.enter("a", staying)
  const leaving = new AbortController()
  const waiting = gate.enter("a", leaving.signal)
  leaving.abort("left")
  await expect(waiting).rejects.toBe("left")
  await expect(gate.enter("a", leaving.signal)).rejects.toBe("left")
  const queue = openQueue(gate)
  queue.ask("a")
  leave()
  await queue.done()
  expect(queue.order).toEqual(["a"])
})
