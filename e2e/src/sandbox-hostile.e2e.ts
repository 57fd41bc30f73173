import type { Page } from "@playwright/test"
import { expect } from "./page-check.ts"
import { play, testOnOneBench } from "./sandbox-steps.ts"
import { wholeBrowser } from "./whole-browser.ts"

const test = testOnOneBench()
test.use(wholeBrowser)

/** Clips that ask for more than can be heard, and what is said of each. */
const hostile: { [name: string]: { code: string; said: string } } = {
  room: { code: 's("bd*4").room(1).roomsize(3600).roomfade(1e9)', said: "roomsize 3600 > 10" },
  rooms: { code: 's("bd*16").room(1).roomsize(rand.range(1, 10)).orbit(irand(1000)).djf(.2)', said: "room" },
  effects: {
    code: 'let all = note("c3*8").s("sawtooth")\nfor (let n = 0; n < 256; n++) all = all.FX(lpf(500))\nall',
    said: "FX 256 effects > 8",
  },
  swarm: { code: 'note("c3*16").s("supersaw").unison(16).release(2)', said: "dropped" },
  voices: { code: 'note("c3*8").s("supersaw").unison(10000).release(1e9)', said: "unison 10000 > 16" },
  loud: { code: 'note("c3*4").s("sawtooth").gain(1e9).postgain(1e9).distort(1e9)', said: "gain 1000000000 > 10" },
  // Powers of a wave that overflow, and a filter that would never forget them.
  broken: {
    code: 'note("c3*4").s("sawtooth").FX(gain(10), gain(10), gain(10), gain(10), gain(10), gain(10), gain(10)).distort("1:1:chebyshev").lpf(500)',
    said: "reset",
  },
  runaway: {
    code: 's("bd*4").delay(1).delaytime(.05).delayfeedback(.9).lfo({ control: "delayfeedback", depth: 50, rate: .5 })',
    said: "reset",
  },
  computed: { code: 's("z_noise*4").attack(3600).release(3600).zdelay(3600)', said: "attack 3600 > 0.5" },
  partials: { code: 'note("c3*8").s("sawtooth").n(1e9)', said: "n 1000000000 > 256" },
}

const innocent = 'note("c4*8").s("square").gain(.5)'
/** How loud it is at least, where nobody ducks it. */
const heard = 0.02

/** The longest time without a sound, in milliseconds, of so many from now; and the longest gap between two frames. */
function listen(page: Page, milliseconds: number): Promise<{ silence: number; gap: number }> {
  return page.evaluate(
    async ({ milliseconds, heard }) => {
      const { bench } = globalThis
      const now = () => performance.timeOrigin + performance.now()
      const since = now()
      bench.longestGap = 0
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      const loud = bench.meters.filter(({ at, peak }) => at > since && peak > heard).map(({ at }) => at)
      const moments = [since, ...loud, now()]
      const silence = Math.max(...moments.slice(1).map((at, index) => at - (moments[index] ?? 0)))
      return { silence, gap: bench.longestGap }
    },
    { milliseconds, heard },
  )
}

/** Heard for two seconds without a long silence, and the page goes on; a machine that does something else gets some tries. */
const heardThroughout = (page: Page, name: string) =>
  expect(async () => {
    const { silence, gap } = await listen(page, 2_000)
    console.log(`${name}: ${Math.round(silence)} ms without a sound, longest gap ${Math.round(gap)} ms`)
    expect(silence, name).toBeLessThan(1_000)
    expect(gap, name).toBeLessThan(1_000)
  }).toPass({ timeout: 30_000 })

const saidOf = (page: Page) =>
  page.evaluate(() =>
    globalThis.bench.events.flatMap((event) => {
      if (event.type !== "limited") return []
      const { limit } = event
      if (limit.kind !== "clamped") return [limit.kind]
      return [[limit.control, limit.asked && `${limit.asked} > ${limit.used}`].filter(Boolean).join(" ")]
    }),
  )

/** With only the innocent one's fader up, what is heard is that alone, and all that reaches it of others. */
const hush = (page: Page, names: string[]) =>
  page.evaluate(
    (gains) => globalThis.bench.sandbox.mix({ volume: 1, gains: { ...gains, innocent: 1 } }),
    Object.fromEntries(names.map((name) => [name, 0])),
  )

test("one clip never silences another, whatever it asks for, and is told what it does not get", async ({ page }) => {
  test.setTimeout(300_000)
  await hush(page, Object.keys(hostile))
  for (const [name, { code, said }] of Object.entries(hostile)) {
    await page.evaluate(() => globalThis.bench.events.splice(0))
    const { loaded } = await play(page, { innocent, [name]: code })
    expect(loaded.map(({ problem }) => problem)).toEqual([null, null])
    await page.waitForTimeout(500)
    await heardThroughout(page, name)
    await expect.poll(() => saidOf(page)).toContainEqual(said)
  }
})

test("all of them at once do not silence another either", async ({ page }) => {
  await hush(page, Object.keys(hostile))
  const codes = Object.fromEntries(Object.entries(hostile).map(([name, { code }]) => [name, code]))
  await play(page, { innocent, ...codes })
  await page.waitForTimeout(3_000)
  await heardThroughout(page, "all")
})

test("a clip that is a billion times too loud is as loud as any, and leaves others to be heard", async ({ page }) => {
  await page.evaluate(() => globalThis.bench.sandbox.mix({ volume: 1, gains: { loud: 1, innocent: 1 } }))
  await play(page, { innocent, loud: hostile.loud?.code ?? "" })
  await page.waitForTimeout(1_500)
  const peaks = await page.evaluate(() => globalThis.bench.meters.slice(-30).map(({ peak }) => peak))
  expect(Math.max(...peaks)).toBeGreaterThan(0.5)
  expect(Math.max(...peaks)).toBeLessThanOrEqual(1)
})
