import { beforeAll, expect, it } from "vitest"
import { loadStage } from "../testing/built-stage.ts"

const cycle = { begin: 0, end: 1, cps: 0.5 }
let stage: Awaited<ReturnType<typeof loadStage>>

beforeAll(async () => {
  stage = await loadStage()
})

async function drawn(code: string) {
  const [clip] = await stage.load([{ name: "a", code }], true)
  expect(clip?.problem).toBeNull()
  return stage.draw("a", cycle)
}

it("draws the events of a pattern below the call that draws them, and no others", async () => {
  const code = '$: note("c3 e3")._pianoroll()\n$: s("bd")'
  const place = code.indexOf("_pianoroll")
  expect(await drawn(code)).toEqual([
    expect.objectContaining({ begin: 0, until: 0.5, note: 48, label: "c3", visuals: [place] }),
    expect.objectContaining({ begin: 0.5, until: 1, note: 52, label: "e3", visuals: [place] }),
  ])
})

it("draws what is changed behind the call, by all calls that it goes through", async () => {
  const code = 's("bd:3")._scope({ height: 90 })._punchcard({ labels: true }).fast(2).gain(.5).color("red")'
  const haps = await drawn(code)
  const visuals = [code.indexOf("_scope"), code.indexOf("_punchcard")]
  expect(haps.map(({ begin }) => begin)).toEqual([0, 0.5])
  expect(haps[0]).toMatchObject({ visuals, sound: "bd", label: "bd:3", color: "red", level: 0.5 })
})

it("tells what is heard by which call it is drawn", async () => {
  const code = 'note("c3")._spiral()'
  await stage.load([{ name: "a", code }], true)
  expect(stage.query("a", cycle)).toMatchObject([{ note: 48, visuals: [code.indexOf("_spiral")] }])
})

it("draws nothing of code without such a call, of one that is no call of its own, or of a clip that is not there", async () => {
  expect(await drawn('note("c3").pianoroll()')).toEqual([])
  expect(await drawn(`note("c3")['_scope']()`)).toEqual([])
  expect(stage.draw("b", cycle)).toEqual([])
})
