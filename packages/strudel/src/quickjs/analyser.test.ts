import { afterEach, beforeAll, describe, expect, it } from "vitest"
import { builtPackage } from "../testing/built-package.ts"
import { type Analyser, AnalyserBusy, AnalyserClosed, type AnalyserOptions, createAnalyser } from "./analyser.ts"

let folder: string
const open: Analyser[] = []

beforeAll(() => {
  folder = builtPackage()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((analyser) => analyser.close()))
})

function start(options: AnalyserOptions = {}) {
  const analyser = createAnalyser({ folder, deadline: 300, kill: 900, ...options })
  open.push(analyser)
  return analyser
}

const loop = 'for (;;) {}\ns("bd")'
/** Goes on after every interruption; only the end of its thread ends it. */
const stubborn = 'for (;;) { try { await (async () => { for (;;) {} })() } catch {} }\ns("bd")'
const bd = { ok: true, sounds: [{ name: "bd" }] }

describe("an analyser", () => {
  it("goes on answering after code that never ends, fills the memory or breaks what it can", async () => {
    const analyser = start()
    const bombs = [
      loop,
      stubborn,
      "const list = []\nfor (;;) list.push(new Array(1000).fill('x'))\ns('bd')",
      "let text = 'x'\nfor (;;) text += text\ns('bd')",
      "new Array(2 ** 31).fill(1)\ns('bd')",
      "new Uint8Array(2 ** 30)\ns('bd')",
      "s('bd').fmap(() => 'x'.repeat(2 ** 28))",
      "const deep = () => [deep()]\ndeep()\ns('bd')",
      "Array.prototype.map = null\ns('bd')",
      "Promise.prototype.then = () => {}\ns('bd')",
      "globalThis.strudelEngine = null\nnull.x",
    ]
    for (const bomb of bombs) {
      expect(await analyser.analyse(bomb), bomb).toMatchObject({ ok: false })
      expect(await analyser.analyse('s("bd")'), bomb).toMatchObject(bd)
    }
  })

  it("ends a thread that does not heed its deadline, and says so", async () => {
    const error = { stage: "timeout", message: expect.stringContaining("had to be ended"), line: null, column: null }
    expect(await start().analyse(stubborn)).toMatchObject({ ok: false, error })
  })

  it("shows one clip nothing of another", async () => {
    const analyser = start()
    await analyser.analyse(
      "globalThis.secret = 'x'; Object.prototype.leak = 1; register('mine', (pat) => pat); s('bd')",
    )
    const answer = await analyser.analyse("s(typeof secret).note(typeof ({}).leak).room(typeof Pattern.prototype.mine)")
    expect(answer).toMatchObject({
      haps: Array(4).fill({ value: { s: "undefined", note: "undefined", room: "undefined" } }),
    })
  })

  it("gives code neither a process nor the network nor files", async () => {
    const names = ["process", "require", "XMLHttpRequest", "WebSocket", "Deno", "navigator", "importScripts", "fetch"]
    // What stands in for some of these does nothing; the realm itself has none of them.
    const types = names.map((name) => `[].constructor.constructor('return typeof ${name}')()`)
    const code = `s(pure([...new Set([typeof process, typeof require, ${types}])].join(' ')))`
    expect(await start().analyse(code, { cycles: 1 })).toMatchObject({ haps: [{ value: { s: "undefined" } }] })
    expect(await start().analyse("await import('fs')\ns('bd')")).toMatchObject({ ok: false })
  })

  it("answers as many at the same time as it has threads, and lets as many wait as may", async () => {
    const analyser = start({ threads: 2, queue: 1 })
    const running = [analyser.analyse(loop), analyser.analyse(loop)]
    const waiting = analyser.analyse('s("bd")')
    await expect(analyser.analyse('s("hh")')).rejects.toBeInstanceOf(AnalyserBusy)
    expect(await Promise.all(running)).toMatchObject([{ error: { stage: "timeout" } }, { error: { stage: "timeout" } }])
    expect(await waiting).toMatchObject(bd)
    expect(await analyser.analyse('s("bd")')).toMatchObject(bd)
  })

  it("answers who had to wait within their patience, and what then runs ends by its own deadline", async () => {
    const analyser = start({ deadline: 20_000, waitLimit: 300 })
    const running = analyser.analyse(loop)
    const waiting = [analyser.analyse('s("bd")'), analyser.describe('s("bd")')]
    for (const each of await Promise.allSettled(waiting)) {
      expect(each).toMatchObject({ status: "rejected", reason: expect.any(AnalyserBusy) })
    }
    expect(await running).toMatchObject({ error: { stage: "timeout" } })
    expect(await analyser.describe('s("bd")')).toMatchObject({ ok: true, events: 4 })
  })

  it("lets nobody who asks much keep others from being answered", async () => {
    const analyser = start({ queue: 3 })
    const much = Array.from({ length: 4 }, () => analyser.analyse(loop, { caller: "much" }))
    const outcomes = Promise.allSettled(much)
    expect(await analyser.analyse('s("bd")', { caller: "little" })).toMatchObject(bd)
    expect((await outcomes).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected"])
  })

  it("takes what fits while nothing waits, even with no room to wait", async () => {
    expect(await start({ queue: 0 }).analyse('s("bd")')).toMatchObject(bd)
  })

  it("forgets what is given up while it waits, and answers who gives up at once", async () => {
    const analyser = start({ queue: 1 })
    const controller = new AbortController()
    const running = analyser.analyse(loop)
    const given = analyser.analyse('s("bd")', { signal: controller.signal })
    controller.abort(new Error("given up"))
    await expect(given).rejects.toThrow("given up")
    await expect(analyser.analyse('s("bd")', { signal: AbortSignal.abort(new Error("early")) })).rejects.toThrow(
      "early",
    )
    const next = analyser.analyse('s("bd")')
    expect(await running).toMatchObject({ ok: false })
    expect(await next).toMatchObject(bd)
  })

  it("lets its caller give up on code that runs, and is there for the next", async () => {
    const analyser = start()
    const signal = AbortSignal.timeout(50)
    await expect(analyser.analyse(loop, { signal })).rejects.toMatchObject({ name: "TimeoutError" })
    expect(await analyser.analyse('s("bd")')).toMatchObject(bd)
  })

  it("closes at once, whatever runs or waits, and stays closed", async () => {
    const analyser = start({ deadline: 60_000, kill: 120_000 })
    const asked = [analyser.analyse(stubborn), analyser.analyse('s("bd")')]
    const outcomes = Promise.allSettled(asked)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const begun = performance.now()
    await analyser.close()
    expect(performance.now() - begun).toBeLessThan(20_000)
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(AnalyserClosed) })
    }
    await expect(analyser.analyse('s("bd")')).rejects.toBeInstanceOf(AnalyserClosed)
  })

  it("says what is wrong if it was not built", async () => {
    await expect(start({ folder: "/nowhere" }).analyse('s("bd")')).rejects.toThrow(/nowhere/)
  })

  it("caps its answers", async () => {
    const answer = await start({ deadline: 20_000, kill: 25_000 }).analyse('s("bd*6000")')
    expect(answer).toMatchObject({ ok: true, cut: true })
    expect(answer.ok && answer.haps.length).toBe(20_000)
  })

  it("is no larger after 400 analyses", async () => {
    const analyser = start({ deadline: 20_000, kill: 25_000 })
    const repeat = async (times: number) => {
      for (let index = 0; index < times; index++) await analyser.analyse("globalThis.mine = 1\nsilence", { cycles: 1 })
    }
    await repeat(100)
    const before = process.memoryUsage().rss
    await repeat(400)
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(60)
  }, 120_000)
})
