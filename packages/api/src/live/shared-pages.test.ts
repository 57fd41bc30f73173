import { afterAll, beforeAll, expect, it } from "vitest"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"
import { createSharedPages } from "./shared-pages.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const append = (sessionId: string) =>
  test.caller.message.append({ sessionId, messages: [{ role: "user", content: "hi" }] })

it("a page is read anew for who knows of more messages than it tells, and after it was forgotten", async () => {
  const pages = createSharedPages(test.context.database.db)
  const { id: sessionId } = await test.caller.session.create({})
  const countOf = async (count: number) => (await pages.read({ sessionId, after: -1, count }))?.event.messages.length
  await append(sessionId)
  expect(await countOf(0)).toBe(1)
  await append(sessionId)
  expect(await countOf(1)).toBe(1)
  expect(await countOf(2)).toBe(2)
  await append(sessionId)
  pages.forget()
  expect(await countOf(0)).toBe(3)
})

it("a session that is not there is asked for anew each time", async () => {
  const pages = createSharedPages(test.context.database.db)
  const sessionId = crypto.randomUUID()
  const place = { sessionId, after: -1, count: 0 }
  expect(await pages.read(place)).toBeUndefined()
  await test.caller.session.create({ id: sessionId })
  expect(await pages.read(place)).toMatchObject({ messageCount: 0, event: { messages: [] } })
})
