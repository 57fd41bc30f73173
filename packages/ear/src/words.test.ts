import { expect, it } from "vitest"
import type { Heard } from "./heard.ts"
import { audioWords, changeWords } from "./words.ts"

const heard: Heard = {
  ...{ seconds: 8, loudness: -14, peak: -1, clips: 0, silence: 0, bands: [-20, -18, -24, -30, -36, -80] },
  ...{
    onsets: 4,
    brightness: 900,
    width: 0.1,
    key: null,
    tempo: 120,
    unheard: [],
    masked: [],
    waveform: [],
    course: [],
  },
}

it("tells what a change did to the sound, and nothing of what is much the same", () => {
  const louder = { ...heard, loudness: -11.8, peak: 0.4, clips: 3, bands: [-16, -18, -24, -30, -36, -40] }
  expect(changeWords(heard, louder)).toEqual([
    "loudness up 2 dB",
    "sub up 4 dB",
    "highs comes in",
    "peaks at 0.4 dBFS: clips",
  ])
  expect(changeWords(louder, heard)).toEqual(["loudness down 2 dB", "sub down 4 dB", "highs gone", "clips no more"])
  expect(changeWords(heard, { ...heard, bands: [-21, -18, -24, -30, -36, -80] })).toEqual([])
  expect(changeWords(heard, { ...heard, loudness: null, peak: null })).toEqual(["silent"])
})

it("tells of all bands together where they change as the loudness does", () => {
  const turnedUp = { ...heard, loudness: -5, bands: [-11, -9, -15, -21.5, -26.5, -71] }
  expect(changeWords(heard, turnedUp)).toEqual(["loudness up 9 dB"])
  expect(changeWords(turnedUp, heard)).toEqual(["loudness down 9 dB"])
})

it("tells how the character of a sound changed", () => {
  const other = { ...heard, brightness: 1_400, onsets: 2, width: 0.3 }
  expect(changeWords(heard, other)).toEqual(["brighter", "sparser", "wider"])
  expect(changeWords(other, heard)).toEqual(["darker", "busier", "narrower"])
  expect(changeWords(heard, { ...heard, brightness: 1_000, onsets: 4.4, width: 0.15 })).toEqual([])
})

it("tells what something sounds like, with what clips, is masked and is not heard", () => {
  expect(audioWords({ ...heard, clips: 1, peak: 0.2, unheard: ["casio"] })).toEqual([
    ...["-14 LUFS", "peaks at 0.2 dBFS: clips", "centre at 900 Hz", "4 onsets a second", "120 bpm as heard"],
    ...["width 0.1", "samples not heard: casio"],
  ])
  const masked = [{ name: "bass", by: "kick", part: 0.62, band: "bass" as const }]
  expect(audioWords({ ...heard, masked })).toContain("bass masked by kick: 62 % (bass)")
})
