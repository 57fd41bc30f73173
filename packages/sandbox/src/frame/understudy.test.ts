import { beforeEach, expect, it } from "vitest"
import type { Source } from "../protocol.ts"
import type { Casting } from "./cast.ts"
import { Understudy } from "./understudy.ts"

const a: Source[] = [{ key: "p/a", code: 's("bd")' }]
const b: Source[] = [{ key: "p/b", code: 's("sd")' }]
const c: Source[] = [{ key: "p/c", code: 's("hh")' }]

let opened: { sources: Source[]; cast: { ended: boolean; end(): void }; finish(): void }[]
let understudy: Understudy

const turn = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => {
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

it("hands over what was prepared, once, and nothing else", async () => {
  const preparing = understudy.prepare(a)
  opened[0]?.finish()
  await preparing
  expect(await understudy.take(b)).toBeNull()
  expect(await understudy.take([{ key: "p/a", code: 's("bd*2")' }])).toBeNull()
  expect((await understudy.take([{ key: "p/a", code: 's("bd")' }]))?.cast).toBe(opened[0]?.cast)
  expect(await understudy.take(a)).toBeNull()
})

it("hands over what is still on its way", async () => {
  const preparing = understudy.prepare(a)
  const taking = understudy.take(a)
  opened[0]?.finish()
  await preparing
  expect((await taking)?.cast).toBe(opened[0]?.cast)
  expect(opened[0]?.cast.ended).toBe(false)
})

it("runs the last of what was wanted meanwhile, and ends what nobody took", async () => {
  const preparing = [understudy.prepare(a), understudy.prepare(b), understudy.prepare(c)]
  opened[0]?.finish()
  await turn()
  opened[1]?.finish()
  await Promise.all(preparing)
  expect(opened.map(({ sources }) => sources)).toEqual([a, c])
  expect(opened.map(({ cast }) => cast.ended)).toEqual([true, false])
})

it("runs the same but once", async () => {
  const preparing = [understudy.prepare(a), understudy.prepare(a)]
  opened[0]?.finish()
  await Promise.all(preparing)
  await understudy.prepare(a)
  expect(opened).toHaveLength(1)
})

it("begins nothing more behind a press", async () => {
  const preparing = [understudy.prepare(a), understudy.prepare(b)]
  const taking = understudy.take(a)
  opened[0]?.finish()
  await Promise.all([...preparing, taking])
  expect(opened).toHaveLength(1)
})

it("hands over nothing whose worker is gone", async () => {
  const preparing = understudy.prepare(a)
  opened[0]?.finish()
  await preparing
  opened[0]?.cast.end()
  expect(await understudy.take(a)).toBeNull()
})
