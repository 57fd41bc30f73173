import { beforeEach, expect, it } from "vitest"
import type { Source } from "../../protocol.ts"
import type { OpenedClipSet } from "../clips/clip-set.ts"
import { Preloader } from "./preloader.ts"

const a: Source[] = [{ key: "p/a", code: 's("bd")' }]
const b: Source[] = [{ key: "p/b", code: 's("sd")' }]
const c: Source[] = [{ key: "p/c", code: 's("hh")' }]

let opened: {
  sources: Source[]
  clipSet: { ended: boolean; end(): void }
  finish(loaded?: OpenedClipSet["loaded"]): void
}[]
let preloader: Preloader

const turn = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => {
  opened = []
  preloader = new Preloader(
    (sources) =>
      new Promise<OpenedClipSet>((resolve) => {
        const clipSet = Object.assign(Object.create(null), {
          ended: false,
          end() {
            clipSet.ended = true
          },
        })
        opened.push({ sources, clipSet, finish: (loaded = []) => resolve({ clipSet, loaded }) })
      }),
  )
})

async function prepared(sources: Source[]) {
  const preparing = preloader.prepare(sources)
  await turn()
  opened.at(-1)?.finish()
  await turn()
  await preparing
}

it("hands over what was prepared, once, and nothing else", async () => {
  await prepared(a)
  expect(await preloader.take(b)).toBeNull()
  expect(await preloader.take([{ key: "p/a", code: 's("bd*2")' }])).toBeNull()
  expect((await preloader.take([{ key: "p/a", code: 's("bd")' }]))?.clipSet).toBe(opened[0]?.clipSet)
  expect(await preloader.take(a)).toBeNull()
})

it("hands over what is still on its way", async () => {
  const preparing = preloader.prepare(a)
  await turn()
  const taking = preloader.take(a)
  opened[0]?.finish()
  await preparing
  expect((await taking)?.clipSet).toBe(opened[0]?.clipSet)
  expect(opened[0]?.clipSet.ended).toBe(false)
})

it("runs the last of what was wanted meanwhile, and ends what nobody took", async () => {
  const preparing = [preloader.prepare(a)]
  await turn()
  preparing.push(preloader.prepare(b), preloader.prepare(c))
  opened[0]?.finish()
  await turn()
  opened[1]?.finish()
  await Promise.all(preparing)
  expect(opened.map(({ sources }) => sources)).toEqual([a, c])
  expect(opened.map(({ clipSet }) => clipSet.ended)).toEqual([true, false])
})

it("runs the same but once", async () => {
  await prepared(a)
  await prepared(a)
  expect(opened).toHaveLength(1)
})

it("begins nothing more behind a press", async () => {
  const preparing = [preloader.prepare(a), preloader.prepare(b)]
  preloader.forget()
  const taking = preloader.take(a)
  opened[0]?.finish()
  await turn()
  await Promise.all([...preparing, taking])
  expect(opened).toHaveLength(1)
})

it("hands over nothing whose worker is gone, and runs it anew", async () => {
  await prepared(a)
  opened[0]?.clipSet.end()
  expect(await preloader.take(a)).toBeNull()
  await prepared(a)
  opened[1]?.clipSet.end()
  await prepared(a)
  expect((await preloader.take(a))?.clipSet).toBe(opened[2]?.clipSet)
})

it("holds nothing against code that ran out of time, unless a press waits for it", async () => {
  const timeout = { stage: "timeout" as const, message: "It did not answer", line: null, column: null }
  const late = [{ key: "p/a", cps: 0.5, cpsSet: false, problem: timeout, plays: false }]
  const preparing = preloader.prepare(a)
  opened[0]?.finish(late)
  await preparing
  expect(opened[0]?.clipSet.ended).toBe(true)
  expect(await preloader.take(a)).toBeNull()
  const again = preloader.prepare(a)
  const taking = preloader.take(a)
  opened[1]?.finish(late)
  await again
  expect((await taking)?.loaded).toEqual(late)
})
