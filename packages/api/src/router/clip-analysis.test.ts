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
