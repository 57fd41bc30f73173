import { expect, it } from "vitest"
import { createRoom } from "./room.ts"

const busy = expect.objectContaining({ reason: "SERVER_BUSY" })
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

/** Asks for room and tells whether it was given. */
function ask(room: ReturnType<typeof createRoom>, bytes: number) {
  const asked = { entered: false, giveBack: () => {}, failure: undefined as unknown }
  room.take(bytes).then(
    (giveBack) => Object.assign(asked, { entered: true, giveBack }),
    (failure: unknown) => Object.assign(asked, { failure }),
  )
  return asked
}

it("is given as long as there is some, then to those who wait, the first first", async () => {
  const room = createRoom({ bytes: 10, waiting: 5, longestWait: 60_000 })
  const [one, two, large, little] = [6, 4, 8, 1].map((bytes) => ask(room, bytes))
  await nextTurn()
  expect([one, two, large, little].map((asked) => asked?.entered)).toEqual([true, true, false, false])
  two?.giveBack()
  two?.giveBack()
  await nextTurn()
  // Who needs little does not pass by who came first.
  expect([large?.entered, little?.entered]).toEqual([false, false])
  one?.giveBack()
  await nextTurn()
  expect([large?.entered, little?.entered]).toEqual([true, true])
  large?.giveBack()
  little?.giveBack()
  await nextTurn()
  expect(await room.take(10)).toBeTypeOf("function")
})

it("is refused where too many wait, and to who waits too long", async () => {
  const room = createRoom({ bytes: 10, waiting: 1, longestWait: 50 })
  const giveBack = await room.take(10)
  const waiting = ask(room, 5)
  await expect(room.take(1)).rejects.toEqual(busy)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect([waiting.entered, waiting.failure]).toEqual([false, busy])
  giveBack()
  expect(await room.take(10)).toBeTypeOf("function")
})

it("is never more than there is in all", async () => {
  const room = createRoom({ bytes: 10, waiting: 1, longestWait: 50 })
  const giveBack = await room.take(1000)
  await expect(room.take(1)).rejects.toEqual(busy)
  giveBack()
  expect(await room.take(1000)).toBeTypeOf("function")
})
