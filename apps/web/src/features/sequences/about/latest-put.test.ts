import { expect, it } from "vitest"
import { latestPut } from "./latest-put.ts"

/** A store that takes its time, refuses what overlaps, and fails where it is told to. */
function createStore() {
  const stored: string[] = []
  let busy = false
  const failing = new Set<string>()
  return {
    stored,
    failing,
    async store(value: string) {
      if (busy) throw new Error("409")
      busy = true
      await new Promise((resolve) => setTimeout(resolve, 1))
      busy = false
      if (failing.has(value)) throw new Error(`no ${value}`)
      stored.push(value)
    },
  }
}

it("stores quick changes one after another, the last of them in any case", async () => {
  const { stored, store } = createStore()
  const put = latestPut(store)
  expect(await Promise.all([put("a"), put("b"), put("c")])).toEqual([true, false, true])
  expect(await put("d")).toBe(true)
  expect(stored).toEqual(["a", "c", "d"])
})

it("tells a failure only where no later value took its place", async () => {
  const { stored, failing, store } = createStore()
  const put = latestPut(store)
  failing.add("a").add("c")
  const first = put("a")
  expect(await Promise.all([first, put("b")])).toEqual([false, true])
  await expect(put("c")).rejects.toThrow("no c")
  expect(await put("d")).toBe(true)
  expect(stored).toEqual(["b", "d"])
})
