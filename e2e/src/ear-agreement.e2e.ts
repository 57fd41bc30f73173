import type { Page } from "@playwright/test"
import { createEar } from "@strudel-agent/ear/ear"
import { bands } from "@strudel-agent/ear/heard"
import { mostOfJob } from "@strudel-agent/ear/job"
import { measure } from "@strudel-agent/ear/measure"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { expect } from "./page-check.ts"
import { render, sampleClips } from "./render-steps.ts"
import { testOnOneBench } from "./sandbox-steps.ts"
import { channelsOf, rateOf } from "./wav-reading.ts"

const test = testOnOneBench()

/** Seconds of each clip. */
const seconds = 2

/** Decibels by which the two may differ: in loudness, and in a band that is so far below the loudest one at the most. */
interface Allowed {
  loudness: number
  band: number
  heardBeside: number
}
/** A kick whose pitch falls by octaves in a moment leaves up to 1.7 dB more in a band far below its loudest. */
const exact: Allowed = { loudness: 0.5, band: 2, heardBeside: 30 }
/** Noise, the noise that rooms are made of, and the phases of saws are others each time, in the page as well. */
const byChance: Allowed = { loudness: 4, band: 10, heardBeside: 20 }
const chance = /\b(room|white|pink|brown|crackle|supersaw)\b/
/** A few long sines in a large room: each is as loud as the room's noise happens to be at its pitch. */
const sinesInRooms: Allowed = { loudness: 9, band: 15, heardBeside: 20 }
const withSinesInRooms = new Set(["tidepool/glass-bells.js"])

function allowedFor(key: string, code: string): Allowed {
  if (withSinesInRooms.has(key)) return sinesInRooms
  return chance.test(code.replace(/\/\/.*/g, "")) ? byChance : exact
}

/** What is compared in every run: drums, saws, sines, noise, a supersaw and a room. E2E_EVERY_CLIP adds the other samples. */
const inEveryRun = new Set([
  ...["acid/acid-line.js", "acid/rave-stab.js", "acid/warehouse-kick.js", "house/hats.js", "house/kick.js"],
  ...["slipstream/sub.js", "slipstream/two-step.js", "tidepool/glass-bells.js"],
])
const compared = sampleClips.filter(({ key }) => Boolean(process.env.E2E_EVERY_CLIP) || inEveryRun.has(key))

const ear = createEar()
const analyser = createAnalyser()
test.afterAll(async () => {
  ear.close()
  await analyser.close()
})

async function tempoOf(code: string): Promise<number> {
  const described = await analyser.describe(code, { cycles: 1 })
  if (!described.ok) throw new Error(described.error.message)
  return described.tempo.cps
}

async function listen(code: string, cps: number) {
  const cycles = seconds * cps
  const answer = await analyser.analyse(code, { cycles: Math.ceil(cycles), haps: mostOfJob.haps })
  if (!answer.ok) throw new Error(answer.error.message)
  const haps = answer.haps.filter(({ begin }) => begin < cycles)
  return ear.listen({ haps, cps, cycles, maps: [], layers: false })
}

/** What the page renders; a sandbox that got no time to answer in on a busy machine is asked again. */
async function renderOf(page: Page, { key, code, cps }: { key: string; code: string; cps: number }, tries = 3) {
  try {
    return await render(page, { codes: { [key]: code }, cycles: seconds * cps })
  } catch (error) {
    if (tries <= 1 || !String(error).includes("did not answer within")) throw error
    return renderOf(page, { key, code, cps }, tries - 1)
  }
}

/** The first seconds of what the page renders, measured as the ear measures. */
function measured(file: Buffer) {
  const sampleRate = rateOf(file)
  const [left, right] = channelsOf(file).map((channel) => channel.subarray(0, Math.ceil(seconds * sampleRate)))
  if (!left || !right) throw new Error("It is not rendered in two channels")
  return measure({ left, right, sampleRate })
}

test("the ear hears clips as the page's own renderer plays them", async ({ page }) => {
  test.setTimeout(process.env.E2E_EVERY_CLIP ? 1_800_000 : 480_000)
  const differing: string[] = []
  for (const { key, code } of compared) {
    const cps = await tempoOf(code)
    // One after the other: the sandbox takes code that gets no time for code without an end.
    const heard = await listen(code, cps)
    const { file } = await renderOf(page, { key, code, cps })
    const played = measured(file)
    const allowed = allowedFor(key, code)
    const louder = (heard.loudness ?? -70) - (played.loudness ?? -70)
    const loudest = Math.max(...played.bands)
    const inBands = bands.map((_, band) => {
      const [one = -90, other = -90] = [heard.bands[band], played.bands[band]]
      return Math.max(one, other) > loudest - allowed.heardBeside ? one - other : 0
    })
    const told = `${key}: ${louder.toFixed(1)} LU; ${inBands.map((decibels) => decibels.toFixed(1)).join(" ")} dB`
    console.log(told)
    const agrees =
      Math.abs(louder) <= allowed.loudness && inBands.every((decibels) => Math.abs(decibels) <= allowed.band)
    if (!agrees) differing.push(told)
  }
  expect(differing).toEqual([])
  expect(compared).toHaveLength(process.env.E2E_EVERY_CLIP ? sampleClips.length : inEveryRun.size)
  expect(sampleClips.length).toBeGreaterThanOrEqual(30)
})
