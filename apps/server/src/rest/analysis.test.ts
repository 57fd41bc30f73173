import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { interactive } from "../background/analyser-limits.ts"
import { openTestDoor, type TestDoor } from "../testing/test-door.ts"
import { openRest, type Rest } from "./testing/open-rest.ts"

let rest: Rest
let test: TestDoor
/** A door that stops code as soon as that can be told from code that takes its time. */
let strict: TestDoor
beforeAll(async () => {
  rest = await openRest()
  test = await openTestDoor({ analyser: createAnalyser(interactive) })
  strict = await openTestDoor({ analyser: createAnalyser({ ...interactive, deadline: 300, kill: 900 }) })
})
afterAll(async () => {
  await rest.close()
  await test.close()
  await strict.close()
})

describe("POST /api/analyze", () => {
  it("tells what code plays, in snake_case", async () => {
    const { status, body } = await rest.post("/analyze", { code: 'setcps(1)\ns("bd hh")' })
    expect(status).toBe(200)
    expect(body).toEqual({
      ok: true,
      cps: 1,
      cycles: 4,
      events: 8,
      sounds: [expect.objectContaining({ name: "bd", haps: 4 }), expect.objectContaining({ name: "hh", haps: 4 })],
      lanes: [],
      samples: [],
      warnings: [],
      definitions_only: false,
    })
  })

  it("tells each event where asked", async () => {
    const { body } = await rest.post("/analyze", { code: 's("bd")', cycles: 1, haps: true })
    expect(body).toMatchObject({ cycles: 1, haps: [{ begin: 0, end: 1, whole: ["0", "1"], value: { s: "bd" } }] })
  })

  it("answers code that does not play with 200 and the error", async () => {
    const { status, body } = await rest.post("/analyze", { code: 's("bd"', cycles: null, haps: null })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ok: false,
      cps: null,
      events: 0,
      definitions_only: false,
      error: { stage: "parse", message: expect.any(String), line: 1, column: expect.any(Number) },
    })
    expect(body).not.toHaveProperty("haps")
  })

  it("names what was probably meant by a function or a sound that does not exist", async () => {
    const asked = async (code: string) => (await rest.post("/analyze", { code })).body
    const message = "`lpff` is not a function here: did you mean `lpf`?"
    expect(await asked('s("bd").lpff(800)')).toMatchObject({ ok: false, error: { message, line: 1, column: 9 } })
    const warning = { kind: "unknownSound", name: "bdd", place: { line: 1, column: 7 } }
    const words = "`bdd` is not a built-in sound: did you mean `bd`?"
    expect(await asked('s("hh bdd")')).toMatchObject({ ok: true, warnings: [{ ...warning, message: words }] })
  })

  it("refuses what is no code or too much of it", async () => {
    for (const body of [{}, { code: 1 }, { code: "", cycles: 65 }, { code: "x".repeat(262_145) }]) {
      expect(await rest.post("/analyze", body)).toMatchObject({ status: 400, body: { error: { reason: "BAD_INPUT" } } })
    }
  })
})

/** Code that never ends, each in its own way. */
const endless = {
  "a loop": 'while (true) {}\ns("bd")',
  "a loop in the pattern's function": 's("bd").fmap((value) => { while (true) {} })',
  "a loop in a callback": "register('stuck', (pat) => pat.withHaps(() => { for (;;) {} }))\ns('bd').stuck()",
  "a loop after waiting": 'await Promise.resolve()\nwhile (true) {}\ns("bd")',
  "a loop that goes on when it is stopped":
    "for (;;) { try { await (async () => { for (;;) {} })() } catch {} }\ns('bd')",
  "a query that takes for ever": 's("bd*1000000000")',
}

describe("code that never ends or fills the memory", () => {
  const analyze = async (code: string, { url } = strict) => {
    const begun = performance.now()
    const answer = await fetch(`${url}/api/analyze`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code }),
    })
    const body: unknown = await answer.json()
    return { status: answer.status, body, milliseconds: performance.now() - begun }
  }

  it.each(Object.entries(endless))("is an error in time: %s", async (_, code) => {
    const { status, body, milliseconds } = await analyze(code)
    expect(status).toBe(200)
    expect(body).toMatchObject({ ok: false, error: { stage: "timeout" } })
    expect(milliseconds).toBeLessThan(25_000)
  })

  it("is an error where it fills the memory", async () => {
    const { body } = await analyze("const list = []\nfor (;;) list.push('x'.repeat(1000) + list.length)")
    expect(body).toMatchObject({ ok: false })
  })

  it("is an error for the typed client too, however long the code", async () => {
    const code = `for (;;) {}\ns("bd") // ${"x".repeat(200_000)}`
    expect(await strict.client.clip.analyze.mutate({ code })).toMatchObject({ ok: false, error: { stage: "timeout" } })
  })

  it("keeps no other request waiting", async () => {
    await analyze('s("bd")', test)
    const running = Object.values(endless).map((code) => analyze(code, test))
    const gaps: number[] = []
    let done = false
    const all = Promise.all(running).finally(() => {
      done = true
    })
    while (!done) {
      const begun = performance.now()
      expect((await fetch(`${test.url}/api/projects`)).status).toBe(200)
      gaps.push(performance.now() - begun)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const answers = await all
    expect(answers.filter(({ status }) => status === 200)).toMatchObject([
      { body: { ok: false } },
      { body: { ok: false } },
    ])
    // Two threads: those that had to wait are told in time that there was none for them.
    for (const { status, body, milliseconds } of answers.filter(({ status }) => status !== 200)) {
      expect([status, body]).toMatchObject([429, { error: { reason: "ANALYSER_BUSY" } }])
      expect(milliseconds).toBeLessThan(25_000)
    }
    const sorted = gaps.sort((one, other) => one - other)
    expect(sorted.length).toBeGreaterThan(20)
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(250)
  })
})
