import { limits } from "@strudel-agent/contract/limits"
import { afterAll, beforeAll, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const missing = "0198a000-0000-7000-8000-00000000ffff"

it("keeps the views of each page, by their names", async () => {
  const { view } = test.caller
  const idle = await view.create({ page: "sessions", name: " Idle ", search: "status=idle&sort=messages" })
  const house = await view.create({ page: "sessions", name: "House", search: "project=house" })
  const drums = await view.create({ page: "clips", name: "Idle", search: "tag=drums" })
  expect(idle.name).toBe("Idle")
  expect(await view.list({ page: "sessions" })).toEqual({ items: [house, idle] })
  expect(await view.list({ page: "clips" })).toEqual({ items: [drums] })

  const renamed = await view.update({ id: idle.id, name: "Quiet" })
  expect(renamed).toEqual({ ...idle, name: "Quiet" })
  const replaced = await view.update({ id: idle.id, search: "" })
  expect(replaced).toEqual({ ...renamed, search: "" })
  expect((await failureOfCall(view.update({ id: house.id, name: "Quiet" }))).reason).toBe("VIEW_EXISTS")
  expect((await failureOfCall(view.create({ page: "sessions", name: "House", search: "" }))).reason).toBe("VIEW_EXISTS")

  expect(await view.delete({ id: idle.id })).toEqual({ id: idle.id })
  expect((await failureOfCall(view.delete({ id: idle.id }))).reason).toBe("VIEW_NOT_FOUND")
  expect((await failureOfCall(view.update({ id: missing, name: "x" }))).reason).toBe("VIEW_NOT_FOUND")
  expect(await view.list({ page: "sessions" })).toEqual({ items: [house] })
})

it.each([
  [{ name: " " }, "name"],
  [{ name: "x".repeat(81) }, "name"],
  [{ search: "?status=idle" }, "search"],
  [{ search: `q=${"x".repeat(2000)}` }, "search"],
  [{ search: "q=two words" }, "search"],
  [{ search: "q=a#b" }, "search"],
  [{ search: "q=\u0000" }, "search"],
])("refuses %.40j", async (odd, field) => {
  const failure = await failureOfCall(
    test.caller.view.create({ page: "sessions", name: "Odd", search: "q=odd", ...odd }),
  )
  expect(failure).toMatchObject({ reason: "BAD_INPUT", fields: { [field]: expect.any(String) } })
})

it("has room for so many views of a page", async () => {
  await test.database.db.savedView.deleteMany()
  await test.database.db.savedView.createMany({
    data: Array.from({ length: limits.views }, (_, i) => ({ page: "clips" as const, name: `View ${i}`, search: "" })),
  })
  const failure = await failureOfCall(test.caller.view.create({ page: "clips", name: "One more", search: "" }))
  expect(failure.reason).toBe("VIEWS_FULL")
  await test.caller.view.create({ page: "sessions", name: "One more", search: "" })
})
