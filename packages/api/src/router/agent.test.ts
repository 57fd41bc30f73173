import { afterAll, beforeAll, expect, it } from "vitest"
import { createCaller } from "../root.ts"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

it("a server that keeps no settings of an agent says so", async () => {
  for (const call of [test.caller.agent.settings(), test.caller.agent.status(), test.caller.agent.test()]) {
    expect(await failureOfCall(call)).toMatchObject({ reason: "AGENT_NOT_KEPT" })
  }
})

it("whoever has no token reads and changes no settings", async () => {
  const stranger = createCaller({ ...test.context, authorised: false })
  for (const call of [stranger.agent.settings(), stranger.agent.saveSettings({}), stranger.agent.test()]) {
    expect(await failureOfCall(call)).toMatchObject({ reason: "TOKEN_REQUIRED" })
  }
})

it.each([
  [{ key: { provider: "openai", key: "two words" } }, "key.key"],
  [{ address: { provider: "compatible", address: "file:///etc/passwd" } }, "address.address"],
  [{ limits: { run: -1, day: null } }, "limits.run"],
] as const)("%j is refused, and the field is named", async (change, field) => {
  expect(await failureOfCall(test.caller.agent.saveSettings(change))).toMatchObject({
    ...{ reason: "BAD_INPUT", fields: { [field]: expect.any(String) } },
  })
})
