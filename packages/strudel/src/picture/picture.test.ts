import { beforeAll, describe, expect, it } from "vitest"
import { builtPackage, loadEngine } from "../testing/built-package.ts"
import { clipFixtures, sampleClips } from "../testing/fixtures.ts"
import { palette } from "./palette.ts"
import { drawPicture } from "./picture.ts"
import { Picture } from "./picture-data.ts"
import { pictureSvg } from "./picture-svg.ts"

let evaluate: Awaited<ReturnType<typeof loadEngine>>["evaluate"]
beforeAll(async () => {
  ;({ evaluate } = await loadEngine(builtPackage()))
})

async function draw(code: string, cycles = 4): Promise<Picture | null> {
  const answer = await evaluate(code, { cycles, haps: 5_000 })
  if (!answer.ok) throw new Error(answer.error.message)
  return drawPicture(answer)
}

const bytes = (picture: Picture | null) => JSON.stringify(picture).length

/** Where each stroke of a path begins and ends. */
function strokesOf(d: string): { x: number; y: number; end: number }[] {
  let x = 0
  let y = 0
  return [...d.matchAll(/([Mm])(-?\d+) (-?\d+)h(\d+)/g)].map(([, step, dx, dy, length]) => {
    x = step === "M" ? Number(dx) : x + Number(dx)
    y = step === "M" ? Number(dy) : y + Number(dy)
    const from = x
    x += Number(length)
    return { x: from, y, end: x }
  })
}

describe("a picture", () => {
  it("shows drums in rows with the kick at the bottom, each stroke where it sounds", async () => {
    const picture = await draw('s("hh*8, bd*4, ~ sd")', 1)
    expect(picture).toMatchObject({ width: 768, height: 128, cycles: 1, events: 13, sounds: ["hh", "bd", "sd"] })
    const rows = picture?.paths.map(({ d }) => strokesOf(d)) ?? []
    const [hh = [], bd = [], sd = []] = rows
    expect(bd.map(({ x }) => x)).toEqual([0, 192, 384, 576])
    expect(hh).toHaveLength(8)
    expect(sd.map(({ x }) => x)).toEqual([384])
    expect(bd[0]?.y).toBeGreaterThan(sd[0]?.y ?? 0)
    expect(sd[0]?.y).toBeGreaterThan(hh[0]?.y ?? 0)
  })

  it("shows notes as high as they are and as long as they last, above the drums", async () => {
    const picture = await draw('stack(note("c3 e3 g3 c4").s("sine"), s("bd*2"))', 1)
    const [notes = [], drums = []] = picture?.paths.map(({ d }) => strokesOf(d)) ?? []
    const heights = [...notes].sort((one, other) => one.x - other.x).map(({ y }) => y)
    expect(heights).toEqual([...heights].sort((one, other) => other - one))
    expect(notes.map(({ x, end }) => end - x)).toEqual([186, 186, 186, 186])
    expect(Math.min(...drums.map(({ y }) => y))).toBeGreaterThan(Math.max(...heights))
  })

  it("shows a drum that is tuned as a drum, and a melody of drums as notes", async () => {
    const tuned = await draw('note("c1*4").s("sbd")', 1)
    expect(tuned?.paths.flatMap(({ d }) => strokesOf(d)).map(({ x, end }) => end - x)).toEqual([9, 9, 9, 9])
    const melody = await draw('note("c1 e1 g1 c2").s("sbd")', 1)
    expect(new Set(melody?.paths.flatMap(({ d }) => strokesOf(d)).map(({ y }) => y)).size).toBe(4)
  })

  it("tells loud from quiet", async () => {
    const picture = await draw('s("bd*3").gain("1 .5 .1")', 1)
    expect(picture?.paths.map(({ level }) => level)).toEqual([2, 1, 0])
  })

  it("is one to read of pitches, lengths and loudness beyond all bounds", async () => {
    const codes = [
      "stack(note(1e308), note(-1e308)).s('sine')",
      "note('<1e308 -1e308>').s('sine').gain(1e308).velocity(1e308)",
      "freq(1e308).s('sine').clip(1e300)",
      "note('c3 e3').s('sine').clip(-1e300)",
    ]
    for (const code of codes) {
      const picture = await draw(code)
      expect(picture?.paths.length, code).toBeGreaterThan(0)
      expect(picture, code).toEqual(Picture.parse(picture))
    }
  })

  it("is none of what makes no sound", async () => {
    expect(await draw("silence")).toBeNull()
  })

  it("is the same each time, within its frame and small, of every clip there is", async () => {
    const sizes: number[] = []
    for (const { name, code } of [...clipFixtures(), ...sampleClips()]) {
      const answer = await evaluate(code, { cycles: 4, haps: 5_000 })
      if (!answer.ok) continue
      const picture = drawPicture(answer)
      if (!picture) continue
      expect(picture, name).toEqual(Picture.parse(picture))
      expect(drawPicture(answer), name).toEqual(picture)
      for (const { d, thickness } of picture.paths) {
        for (const { x, y, end } of strokesOf(d)) {
          expect(x, name).toBeGreaterThanOrEqual(0)
          expect(end, name).toBeLessThanOrEqual(picture.width)
          expect(y - thickness / 2, name).toBeGreaterThanOrEqual(0)
          expect(y + thickness / 2, name).toBeLessThanOrEqual(picture.height)
        }
      }
      sizes.push(bytes(picture))
    }
    sizes.sort((one, other) => one - other)
    console.log(`pictures: median ${sizes[Math.floor(sizes.length / 2)]} bytes, most ${sizes.at(-1)}`)
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThan(4_096)
    expect(sizes.at(-1)).toBeLessThan(16_384)
  })

  it("is thinned where there is too much of it", async () => {
    for (const code of ['note(irand(60).segment(1200)).s("sine").gain(rand)', 's("bd*600, hh*599")']) {
      const picture = await draw(code)
      expect(picture?.events).toBeGreaterThan(4_000)
      expect(bytes(picture)).toBeLessThan(16_384)
      const strokes = picture?.paths.flatMap(({ d }) => strokesOf(d)) ?? []
      expect(Math.min(...strokes.map(({ x }) => x))).toBeLessThan(10)
      expect(Math.max(...strokes.map(({ end }) => end))).toBeGreaterThan(740)
    }
  })
})

describe("a picture as a file", () => {
  it("has its words, and none of them as markup", async () => {
    const picture = await draw(`s(pure('<b>"&'))`)
    const svg = picture ? pictureSvg(picture) : ""
    expect(svg).toContain("4 events in 4 cycles: &lt;b&gt;&quot;&amp;")
    expect(svg).not.toContain("<b>")
  })
})

describe("the palette", () => {
  const luminance = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (one: string, other: string) => {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
    return (light + 0.05) / (dark + 0.05)
  }

  it("has twelve colours of each theme that are seen on its surfaces", () => {
    for (const colours of [palette.dark, palette.light]) expect(new Set(colours).size).toBe(12)
    for (const colour of palette.dark) expect(contrast(colour, "#1a1a1f")).toBeGreaterThan(4.5)
    for (const colour of palette.light) expect(contrast(colour, "#f5f3ef")).toBeGreaterThan(3)
  })
})
