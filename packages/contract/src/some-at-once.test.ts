import { expect, it } from "vitest"
import { someAtOnce } from "./some-at-once.ts"

it("has ten under way at most, and answers in the order of what it was given", async () => {
  let underWay = 0
  let most = 0
  const values = Array.from({ length: 35 }, (_, index) => index)
  const doubled = await someAtOnce(values, 10, async (value) => {
    most = Math.max(most, ++underWay)
    await new Promise((resolve) => setTimeout(resolve, value % 3))
    underWay--
    return value * 2
  })
  expect(most).toBe(10)
  expect(doubled).toEqual(values.map((value) => value * 2))
  expect(await someAtOnce([], 10, () => Promise.reject(new Error("nothing to do")))).toEqual([])
})

it("begins nothing more after a failure", async () => {
  const begun: number[] = []
  let end = () => {}
  const others = new Promise<void>((resolve) => {
    end = resolve
  })
  const act = async (value: number) => {
    begun.push(value)
    if (value === 3) throw new Error("three")
    await others
  }
  const values = Array.from({ length: 100 }, (_, index) => index)
  await expect(someAtOnce(values, 10, act)).rejects.toThrow("three")
  end()
  await new Promise((resolve) => setImmediate(resolve))
  expect(begun).toHaveLength(10)
})
