import { afterEach, beforeEach, expect, it, vi } from "vitest"
import type { Source } from "../protocol.ts"
import type { Casting } from "./cast.ts"
import { Understudy } from "./understudy.ts"

const a: Source[] = [{ key: "p/a", code: 's("bd")' }]
const b: Source[] = [{ key: "p/b", code: 's("sd")' }]
const c: Source[] = [{ key: "p/c", code: 's("hh")' }]

let opened: { sources: Source[]; cast: { ended: boolean; end(): void }; finish(): void }[]
let understudy: Understudy

/** Long enough for what is wanted to be begun. */
const dwell = () => vi.advanceTimersByTimeAsync(100)

afterEach(() => {
  vi.useRealTimers()
})
beforeEach(() => {
  vi.useFakeTimers()
  opened = []
  understudy = new Understudy(
    (sources) =>
      new Promise<Casting>((resolve) => {
        const cast = Object.assign(Object.create(null), {
          ended: false,
          end() {
            cast.ended = true
          },
        })
        opened.push({ sources, cast, finish: () => resolve({ cast, loaded: [] }) })
      }),
  )
})

async function prepared(sources: Source[]) {
  const preparing = understudy.prepare(sources)
  await dwell()
  opened.at(-1)?.finish()
  await dwell()
  await preparing
}

it("hands over what was prepared, once, and nothing else", async () => {
  await prepared(a)
  expect(await understudy.take(b)).toBeNull()
  expect(await understudy.take([{ key: "p/a", code: 's("bd*2")' }])).toBeNull()
  expect((await understudy.take([{ key: "p/a", code: 's("bd")' }]))?.cast).toBe(opened[0]?.cast)
  expect(await understudy.take(a)).toBeNull()
})

it("hands over what is still on its way", async () => {
  const preparing = understudy.prepare(a)
  await dwell()
  const taking = understudy.take(a)
  opened[0]?.finish()
  await preparing
  expect((await taking)?.cast).toBe(opened[0]?.cast)
  expect(opened[0]?.cast.ended).toBe(false)
})

it("runs nothing that is pressed, or passed, before it was wanted for a moment", async () => {
  const preparing = [understudy.prepare(a), understudy.prepare(b)]
  expect(await understudy.take(b)).toBeNull()
  await dwell()
  await Promise.all(preparing)
  expect(opened).toEqual([])
})

it("runs the last of what was wanted meanwhile, and ends what nobody took", async () => {
  const preparing = [understudy.prepare(a)]
  await dwell()
  preparing.push(understudy.prepare(b), understudy.prepare(c))
  opened[0]?.finish()
  await dwell()
  opened[1]?.finish()
  await Promise.all(preparing)
  expect(opened.map(({ sources }) => sources)).toEqual([a, c])
  expect(opened.map(({ cast }) => cast.ended)).toEqual([true, false])
})

it("runs the same but once", async () => {
  await prepared(a)
  await prepared(a)
  expect(opened).toHaveLength(1)
})

it("begins nothing more behind a press", async () => {
  const preparing = [understudy.prepare(a)]
  await dwell()
  preparing.push(understudy.prepare(b))
  const taking = understudy.take(a)
  opened[0]?.finish()
  await dwell()
  await Promise.all([...preparing, taking])
  expect(opened).toHaveLength(1)
})

it("hands over nothing whose worker is gone", async () => {
  await prepared(a)
  opened[0]?.cast.end()
  expect(await understudy.take(a)).toBeNull()
})
