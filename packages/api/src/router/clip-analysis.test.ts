import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createCaller } from "../root.ts"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

describe("clip.analyze", () => {
  it("tells what a piece of code plays", async () => {
    const analysis = await test.caller.clip.analyze({ code: 'setcpm(30)\nkick: s("bd*4")\n$: note("c3 e3").s("sine")' })
    expect(analysis).toMatchObject({
      ok: true,
      cps: 0.5,
      cycles: 4,
      events: 24,
      sounds: [
        { name: "bd", haps: 16 },
        { name: "sine", notes: [48, 52] },
      ],
      lanes: [{ label: "kick" }, { label: "$0" }],
      definitionsOnly: false,
    })
    expect(analysis).not.toHaveProperty("haps")
  })

  it("tells each event where asked, of as many cycles as asked", async () => {
    const analysis = await test.caller.clip.analyze({ code: 's("bd hh")', cycles: 2, haps: true })
    expect(analysis).toMatchObject({ cycles: 2, events: 4, haps: [{ begin: 0, sound: "bd" }, {}, {}, { begin: 1.5 }] })
  })

  it("tells where code is wrong", async () => {
    expect(await test.caller.clip.analyze({ code: 's("bd")\n  .fastt(2)' })).toMatchObject({
      ok: false,
      cps: null,
      events: 0,
      error: { stage: "run", line: 2, message: expect.stringContaining("fastt") },
    })
  })

  it("takes code up to its limit, and no more", async () => {
    const code = `// ${"x".repeat(262_144 - 3)}`
    expect(await test.caller.clip.analyze({ code })).toMatchObject({ ok: true, events: 0 })
    expect(await failureOfCall(test.caller.clip.analyze({ code: `${code}x` }))).toMatchObject({ reason: "BAD_INPUT" })
    for (const cycles of [0, 65, 1.5]) {
      expect(await failureOfCall(test.caller.clip.analyze({ code: "", cycles }))).toMatchObject({ reason: "BAD_INPUT" })
    }
  })

  it("says that it is busy where as much waits as may, and when the server stops", async () => {
    const analyser = createAnalyser({ queue: 1, deadline: 500, kill: 2_000 })
    const { clip } = createCaller({ ...test.context, analyser })
    const loop = { code: 'for (;;) {}\ns("bd")' }
    const running = [clip.analyze(loop), clip.analyze(loop)]
    expect(await failureOfCall(clip.analyze({ code: "" }))).toMatchObject({ reason: "ANALYSER_BUSY" })
    expect(await Promise.all(running)).toMatchObject([{ error: { stage: "timeout" } }, { error: { stage: "timeout" } }])
    await analyser.close()
    expect(await failureOfCall(clip.analyze({ code: "" }))).toMatchObject({ reason: "ANALYSER_BUSY" })
  })
})

describe("clip.settle", () => {
  const key = { projectId: "slow", id: "cloud" }
  const heard = { cps: 0.5, events: 32, cycles: 4, sounds: ["sawtooth"], samples: [], picture: null }
  const stateOf = async () => {
    const { state, problem, analysis } = await test.caller.clip.byId(key)
    return { state, problem, events: analysis?.events }
  }
  const setState = (state: string) =>
    test.database.db.$transaction([
      test.database.db.$executeRaw`UPDATE clips SET state = ${state}, problem = NULL WHERE id = 'cloud'`,
      test.database.db.$executeRaw`UPDATE clip_versions SET state = ${state}, problem = NULL WHERE clip_id = 'cloud'`,
    ])

  it("tells what plays of a clip that takes longer than the server listens, and of no other", async () => {
    await test.caller.clip.create({ ...key, name: "Cloud", code: 's("sawtooth")' })
    const found = { ...key, ...heard, version: 1, state: "plays" } as const
    expect(await test.caller.clip.settle(found)).toEqual({ settled: false })
    expect(await stateOf()).toMatchObject({ state: null })
    await setState("slow")
    expect((await test.caller.clip.cards({ projectId: "slow", state: ["slow"] })).items).toHaveLength(1)
    expect(await test.caller.clip.settle({ ...found, version: 2 })).toEqual({ settled: false })
    expect(await test.caller.clip.settle(found)).toEqual({ settled: true })
    expect(await stateOf()).toEqual({ state: "plays", problem: null, events: 32 })
    expect(await test.caller.clip.settle({ ...found, state: "silent" })).toEqual({ settled: false })
  })

  it("tells the problem of one that does not play", async () => {
    await setState("slow")
    const problem = { stage: "run", message: "lpff is not defined", line: 1, column: 1 } as const
    expect(await test.caller.clip.settle({ ...key, version: 1, cycles: 4, state: "fails", problem })).toEqual({
      settled: true,
    })
    const message = "`lpff` is not defined here: did you mean `lpf`?"
    expect(await stateOf()).toMatchObject({ state: "fails", problem: { ...problem, message } })
  })

  it("is no failure for a search of clips that do not play", async () => {
    await setState("slow")
    const { items } = await test.caller.search.query({ q: "plays:no cloud" })
    expect(items).toEqual([])
  })
})
