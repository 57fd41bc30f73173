import { beforeEach, expect, it } from "vitest"
import type { Source } from "../protocol.ts"
import type { Casting } from "./cast.ts"
import { Understudy } from "./understudy.ts"

const a: Source[] = [{ key: "p/a", code: 's("bd")' }]
const b: Source[] = [{ key: "p/b", code: 's("sd")' }]
const c: Source[] = [{ key: "p/c", code: 's("hh")' }]

let opened: { sources: Source[]; cast: { ended: boolean; end(): void }; finish(loaded?: Casting["loaded"]): void }[]
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
        opened.push({ sources, cast, finish: (loaded = []) => resolve({ cast, loaded }) })
      }),
  )
})

async function prepared(sources: Source[]) {
  const preparing = understudy.prepare(sources)
  await turn()
  opened.at(-1)?.finish()
  await turn()
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
  await turn()
  const taking = understudy.take(a)
  opened[0]?.finish()
  await preparing
  expect((await taking)?.cast).toBe(opened[0]?.cast)
  expect(opened[0]?.cast.ended).toBe(false)
})

it("runs the last of what was wanted meanwhile, and ends what nobody took", async () => {
  const preparing = [understudy.prepare(a)]
  await turn()
  preparing.push(understudy.prepare(b), understudy.prepare(c))
  opened[0]?.finish()
  await turn()
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
  const preparing = [understudy.prepare(a), understudy.prepare(b)]
  understudy.forget()
  const taking = understudy.take(a)
  opened[0]?.finish()
  await turn()
  await Promise.all([...preparing, taking])
  expect(opened).toHaveLength(1)
})

it("hands over nothing whose worker is gone, and runs it anew", async () => {
  await prepared(a)
  opened[0]?.cast.end()
  expect(await understudy.take(a)).toBeNull()
  await prepared(a)
  opened[1]?.cast.end()
  await prepared(a)
  expect((await understudy.take(a))?.cast).toBe(opened[2]?.cast)
})

it("holds nothing against code that ran out of time, unless a press waits for it", async () => {
  const timeout = { stage: "timeout" as const, message: "It did not answer", line: null, column: null }
  const late = [{ key: "p/a", cps: 0.5, cpsSet: false, problem: timeout, plays: false }]
  const preparing = understudy.prepare(a)
  opened[0]?.finish(late)
  await preparing
  expect(opened[0]?.cast.ended).toBe(true)
  expect(await understudy.take(a)).toBeNull()
  const again = understudy.prepare(a)
  const taking = understudy.take(a)
  opened[1]?.finish(late)
  await again
  expect((await taking)?.loaded).toEqual(late)
})
