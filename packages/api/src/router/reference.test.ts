import { afterAll, beforeAll, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

it("finds what the language has by name and by purpose", async () => {
  const { reference } = test.caller
  expect(await reference.search({ q: "cutoff", limit: 1 })).toMatchObject({ exact: true, items: [{ name: "lpf" }] })
  expect((await reference.search({ q: "sidechain" })).items[0]?.name).toBe("duckorbit")
  expect(await reference.byName({ name: "cutoff" })).toMatchObject({ name: "lpf" })
  expect(await reference.byName({ name: "square", kind: "sound" })).toMatchObject({ kind: "sound" })
})

it("refuses a name that nothing has with those that are near", async () => {
  const failure = await failureOfCall(test.caller.reference.byName({ name: "lpff" }))
  expect(failure).toMatchObject({ reason: "REFERENCE_NOT_FOUND", names: expect.arrayContaining(["lpf"]) })
})
