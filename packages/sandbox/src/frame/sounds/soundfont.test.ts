import { describe, expect, it } from "vitest"
import { fontAddresses, isFontAddress } from "./font-addresses.ts"
import { loopOf, rateOf, samplesOf, zoneOf, zonesOf } from "./soundfont.ts"

const zone = (low: number, high: number, more: string) => `
		{
			midi:0
			,originalPitch:6000
			,keyRangeLow:${low}
			,keyRangeHigh:${high}
			,loopStart:22050
			,loopEnd:44100
			,coarseTune:0
			,fineTune:-5
			,sampleRate:44100
			,ahdsr:true
			,${more}
			//_tone.Piano {low} 'C3
		}`
const script = (...zones: string[]) =>
  `console.log('load _tone_0000_Test_sf2_file');\nvar _tone_0000_Test_sf2_file={\n\tzones:[${zones.join("\n\t\t,")}\n\t]};\n`

describe("a font", () => {
  it("is read with all its zones, and none of it is run", () => {
    const zones = zonesOf(script(zone(0, 59, "file:'SUQz'"), zone(60, 127, 'sample:"AIAAQP9/"')))
    expect(zones).toEqual([
      expect.objectContaining({ keyRangeLow: 0, keyRangeHigh: 59, fineTune: -5, file: "SUQz" }),
      expect.objectContaining({ keyRangeLow: 60, keyRangeHigh: 127, sample: "AIAAQP9/" }),
    ])
    expect(zonesOf("var _tone_x={zones:[],run:alert()}")).toEqual([])
  })

  it("may have its names in quotes, and fields that nobody knows", () => {
    const text = `var _tone_a = {"zones":[{"originalPitch":6000,"keyRangeLow":0,"keyRangeHigh":127,"loopStart":0,"loopEnd":0,"coarseTune":1,"fineTune":0,"sampleRate":22050,"anchor":-0.5e-3,"file":"AAAA"}]};`
    expect(zonesOf(text)).toMatchObject([{ coarseTune: 1, file: "AAAA" }])
  })

  it("is nothing else", () => {
    for (const text of [
      "",
      "<html>",
      "{}",
      "alert(1)",
      script("{originalPitch:'x'}"),
      "var _tone_a={",
      "console.log('",
    ]) {
      expect(zonesOf(text), text).toEqual([])
    }
  })

  it("is read in time, however it is made", () => {
    for (const part of ["a", "'", "/", "{", "a:", "1", "\\'"]) {
      expect(zonesOf(`var _tone_a={${part.repeat(2_000_000 / part.length)}`)).toEqual([])
    }
  })
})

describe("a key", () => {
  const zones = [
    { keyRangeLow: 0, keyRangeHigh: 59 },
    { keyRangeLow: 60, keyRangeHigh: 96 },
  ]

  it("is played by the zone that has it, also between two", () => {
    expect(zoneOf(zones, 59)).toBe(zones[0])
    expect(zoneOf(zones, 59.5)).toBe(zones[0])
    expect(zoneOf(zones, 61)).toBe(zones[1])
    expect(zoneOf(zones, 98)).toBeUndefined()
  })

  it("is as high as it is, after the tuning of its zone", () => {
    const [plain] = zonesOf(script(zone(0, 127, "file:'AAAA'").replace("fineTune:-5", "fineTune:0")))
    if (!plain) throw new Error("no zone")
    expect(rateOf(plain, 60)).toBe(1)
    expect(rateOf(plain, 72)).toBeCloseTo(2)
    expect(rateOf({ ...plain, coarseTune: 12 }, 60)).toBeCloseTo(2)
    expect(loopOf(plain)).toEqual({ start: 0.5, end: 1 })
    expect(loopOf({ ...plain, loopStart: 0 })).toBeNull()
  })
})

it("samples of a zone are 16-bit numbers", () => {
  expect([...samplesOf("AIAAQP9/")]).toEqual([-0.5, 0.25, 32767 / 65536])
})

it("sounds of General MIDI have fonts, and no other name has", () => {
  expect(fontAddresses("gm_piano")?.[0]).toBe(
    "https://felixroos.github.io/webaudiofontdata/sound/0000_JCLive_sf2_file.js",
  )
  expect(fontAddresses("gm_epiano1")?.every(isFontAddress)).toBe(true)
  for (const name of ["piano", "gm_", "constructor", "gm_nothing"]) expect(fontAddresses(name)).toBeNull()
})
