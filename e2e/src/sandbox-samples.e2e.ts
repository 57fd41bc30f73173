import type { Page } from "@playwright/test"
import { expect } from "./page-check.ts"
import { fullMix, loudest, planOf, play, testOnOneBench } from "./sandbox-steps.ts"
import { readWav } from "./wav-reading.ts"

const test = testOnOneBench()

const told = (page: Page, name: string) =>
  page.evaluate(
    (wanted) =>
      globalThis.bench.events.flatMap((event) =>
        event.type === "sound" && event.sound.name === wanted ? [event.sound] : [],
      ),
    name,
  )

/** Opens another sandbox, whose page has these files, and plays code in it. */
async function playWith(page: Page, files: { [url: string]: string }, code: string) {
  const options = { files, sources: [{ key: "clip", code }], plan: planOf("clip") }
  await page.evaluate(async ({ files, sources, plan }) => {
    const { bench } = globalThis
    bench.sandbox.close()
    bench.sandbox = await bench.open({
      fetchSample: async (url) => {
        bench.asked.push(url)
        const file = files[url]
        if (file === undefined) return new Response("", { status: 404 })
        if (file !== "wav") return new Response(file)
        const sound = new DataView(new ArrayBuffer(44 + 44_100))
        const words: [number, string][] = [
          [0, "RIFF"],
          [8, "WAVE"],
          [12, "fmt "],
          [36, "data"],
        ]
        for (const [at, word] of words)
          for (const [index, sign] of [...word].entries()) sound.setUint8(at + index, sign.charCodeAt(0))
        const numbers: [number, number][] = [
          [4, 36 + 44_100],
          [16, 16],
          [24, 44_100],
          [28, 88_200],
          [40, 44_100],
        ]
        for (const [at, value] of numbers) sound.setUint32(at, value, true)
        for (const [at, value] of [
          [20, 1],
          [22, 1],
          [32, 2],
          [34, 16],
        ] as const)
          sound.setUint16(at, value, true)
        for (let frame = 0; frame < 22_050; frame++) sound.setInt16(44 + frame * 2, Math.sin(frame / 10) * 20_000, true)
        return new Response(sound.buffer)
      },
      onEvent: (event) => {
        const at = performance.timeOrigin + performance.now()
        if (event.type === "meter") bench.meters.push({ at, peak: event.peak, rms: event.rms })
        else bench.events.push({ ...event, heardAt: at })
      },
    })
    await bench.sandbox.play({ sources, plan, at: "now" })
  }, options)
}

/** One cycle of code as the sandbox renders it. */
async function rendered(page: Page, code: string) {
  const wanted = {
    ...{ sources: [{ key: "clip", code }], plan: planOf("clip"), cycles: 1, factor: 1, ending: "rings" as const },
    ...{ mix: fullMix, sampleRate: 44_100 as const },
  }
  const wav = await page.evaluate(
    async (options) => Array.from(new Uint8Array((await globalThis.bench.sandbox.render(options)).wav)),
    wanted,
  )
  return readWav(Buffer.from(wav))
}

const dough = "https://raw.githubusercontent.com/felixroos/dough-samples/main"

test("a sound that is not there is replaced at once, and then heard as it is", async ({ page }) => {
  const files = {
    [`${dough}/Dirt-Samples.json`]: JSON.stringify({ _base: "https://samples.example/", casio: ["a.wav", "b.wav"] }),
    "https://samples.example/b.wav": "wav",
  }
  await playWith(page, files, 's("casio:1*4")')
  await expect.poll(() => loudest(page, 600), { timeout: 10_000 }).toBeGreaterThan(0.02)
  await expect.poll(async () => (await told(page, "casio")).at(-1)?.from, { timeout: 10_000 }).toBe("network")
  const states = await told(page, "casio")
  expect(states[0]).toMatchObject({ from: "replaced", by: "perc" })
  expect(states.at(-1)).toMatchObject({ samples: 2, source: `${dough}/Dirt-Samples.json`, loading: false })
  const asked = await page.evaluate(() => globalThis.bench.asked)
  expect(asked.filter((url) => url.endsWith("b.wav"))).toHaveLength(1)
  expect(asked.every((url) => url.startsWith("https://"))).toBe(true)
})

test("the samples a clip asks for are its own, under the names it gives", async ({ page }) => {
  const files = {
    "https://raw.githubusercontent.com/someone/sounds/main/strudel.json": JSON.stringify({ bd: "kick.wav" }),
    "https://raw.githubusercontent.com/someone/sounds/main/kick.wav": "wav",
  }
  const code = "samples('github:someone/sounds')\ns(\"bd*4\")"
  await playWith(page, files, code)
  await expect.poll(async () => (await told(page, "bd")).at(-1)?.from, { timeout: 10_000 }).toBe("clip")
  const { mono } = await rendered(page, code)
  // Its own kick is a tone of half a second; the built-in one is over by then.
  expect(Math.max(...mono.subarray(0.4 * 44_100, 0.45 * 44_100))).toBeGreaterThan(0.2)
})

/** A font of one sine, 220 Hz at the key of the note c4, which goes on while it is held. */
function fontOfSine(): string {
  const frames = 4_410
  const wav = Buffer.alloc(44 + 2 * frames)
  wav.write("RIFF")
  wav.write("WAVEfmt ", 8)
  wav.write("data", 36)
  for (const [at, value] of Object.entries({ 4: 36 + 2 * frames, 16: 16, 24: 44_100, 28: 88_200, 40: 2 * frames })) {
    wav.writeUInt32LE(value, Number(at))
  }
  for (const [at, value] of Object.entries({ 20: 1, 22: 1, 32: 2, 34: 16 })) wav.writeUInt16LE(value, Number(at))
  for (let frame = 0; frame < frames; frame++) {
    wav.writeInt16LE(Math.round(Math.sin((2 * Math.PI * 220 * frame) / 44_100) * 30_000), 44 + 2 * frame)
  }
  const zone = `midi:0,originalPitch:6000,keyRangeLow:0,keyRangeHigh:127,loopStart:2,loopEnd:4410,coarseTune:0,fineTune:0,sampleRate:44100,file:'${wav.toString("base64")}'`
  return `console.log('load _tone_a');\nvar _tone_a={zones:[{${zone}}]};`
}

test("a sound of General MIDI is played by its font, at the pitch of the note and for as long", async ({ page }) => {
  const home = "https://felixroos.github.io/webaudiofontdata/sound"
  const files = {
    [`${home}/0000_JCLive_sf2_file.js`]: fontOfSine(),
    [`${home}/0000_FluidR3_GM_sf2_file.js`]: "var _tone_b={zones:[{}]}",
  }
  const code = 'note("c5").s("gm_piano")'
  await playWith(page, files, `stack(${code}, ${code}.n(1))`)
  await expect
    .poll(async () => (await told(page, "gm_piano")).at(-1)?.why, { timeout: 10_000 })
    .toBe("The file is no soundfont")
  const states = await page.evaluate(() => globalThis.bench.sandbox.sounds(["gm_piano", "gm_violin"]))
  expect(states).toMatchObject([
    { source: home, from: "replaced", by: "triangle" },
    { source: home, from: "replaced", by: "triangle", loading: false },
  ])
  const { mono } = await rendered(page, code)
  const part = mono.subarray(0.5 * 44_100, 1.5 * 44_100)
  const rises = part.reduce((sum, value, at) => sum + (value >= 0 && (part[at - 1] ?? 0) < 0 ? 1 : 0), 0)
  expect(Math.abs(rises - 440)).toBeLessThan(5)
  expect(Math.max(...part)).toBeGreaterThan(0.1)
})

test("what cannot be had is asked for once, and said once", async ({ page }) => {
  await playWith(page, {}, 's("casio*8, piano*8").note("c3")')
  await page.waitForTimeout(2_500)
  const asked = await page.evaluate(() => globalThis.bench.asked)
  expect(asked.length).toBe(new Set(asked).size)
  expect(asked.length).toBeLessThan(12)
  const states = await told(page, "piano")
  expect(states.at(-1)).toMatchObject({ from: "replaced", why: "The network cannot be reached" })
  expect(states.length).toBeLessThan(4)
})

test("no network is asked for what is built in, nor where it is switched off", async ({ page }) => {
  await playWith(page, {}, 's("bd hh sd oh cp rim lt mt ht cr rd cb sh tb perc, supersaw").bank("")')
  await page.waitForTimeout(1_200)
  expect(await page.evaluate(() => globalThis.bench.asked)).toEqual([])
  await page.evaluate(() => globalThis.bench.sandbox.network(false))
  await play(page, { machine: 's("bd*4").bank("RolandTR909")' })
  expect(await loudest(page, 1_000)).toBeGreaterThan(0.05)
  expect(await page.evaluate(() => globalThis.bench.asked)).toEqual([])
  const states = await page.evaluate(() => globalThis.bench.sandbox.sounds(["RolandTR909_bd", "bd", "sine", "casio"]))
  expect(states).toMatchObject([
    { name: "RolandTR909_bd", from: "replaced", by: "bd", why: "The network is switched off" },
    { name: "bd", from: "kit", samples: 3 },
    { name: "sine", from: "synth" },
    { from: "replaced", by: "perc" },
  ])
})

test.describe("over the server", () => {
  test.use({ expected: /status of 403/ })

  test("samples come over the server, which says quickly that it is offline", async ({ page, request, baseURL }) => {
    const refused = await request.get(`${baseURL}/samples/${encodeURIComponent("https://elsewhere.example/a.wav")}`)
    expect([refused.status(), (await refused.json()).error.reason]).toEqual([403, "SAMPLE_REFUSED"])
    const status = await page.evaluate(async () => {
      const response = await globalThis.bench.host.fetchOverServer(
        "https://elsewhere.example/a.wav",
        AbortSignal.timeout(5_000),
      )
      return response?.status
    })
    expect(status).toBe(403)
  })
})
