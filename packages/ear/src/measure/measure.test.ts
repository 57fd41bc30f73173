import { describe, expect, it } from "vitest"
import { bands } from "../heard.ts"
import { silenceOf, widthOf } from "./extent.ts"
import { keyOf } from "./key.ts"
import { integratedLoudness } from "./loudness.ts"
import { maskedOf } from "./masking.ts"
import { measure } from "./measure.ts"
import { fluxOf, fluxRate, onsetsOf } from "./onsets.ts"
import { countClips, truePeak } from "./peak.ts"
import type { Sound } from "./sound.ts"
import { tempoOf } from "./tempo.ts"
import { toneOf } from "./tone.ts"

const sampleRate = 44_100

/** A sound whose channels are functions of time. */
function soundOf(seconds: number, left: (time: number) => number, right = left): Sound {
  const channel = (value: (time: number) => number) =>
    Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, frame) => value(frame / sampleRate))
  return { left: channel(left), right: channel(right), sampleRate }
}

const sine = (frequency: number, decibels: number) => (time: number) =>
  10 ** (decibels / 20) * Math.sin(2 * Math.PI * frequency * time)

function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return state / 2 ** 31
  }
}

/** A kick at each of the seconds. */
function kicks(seconds: number, at: number[]): Sound {
  return soundOf(seconds, (time) =>
    at.reduce((sum, begin) => {
      const since = time - begin
      return since < 0 || since > 0.3
        ? sum
        : sum + 0.8 * Math.exp(-since / 0.06) * Math.sin(2 * Math.PI * (50 * since + 6 * (1 - Math.exp(-since / 0.03))))
    }, 0),
  )
}

describe("loudness", () => {
  it.each([-18, -23, -36])("of a sine of 1 kHz at %i dBFS in both channels is as many LUFS", (decibels) => {
    const loudness = integratedLoudness(soundOf(3, sine(1_000, decibels)))
    expect(Math.abs((loudness ?? 0) - decibels)).toBeLessThan(0.1)
  })

  it("of one channel alone is 3 LU less", () => {
    const loudness = integratedLoudness(soundOf(3, sine(1_000, -18), () => 0))
    expect(Math.abs((loudness ?? 0) + 21)).toBeLessThan(0.1)
  })

  it("leaves pauses out, as the gates of BS.1770-4 have it", () => {
    const sound = soundOf(16, (time) => (time < 8 ? sine(1_000, -18)(time) : 0))
    expect(Math.abs((integratedLoudness(sound) ?? 0) + 18)).toBeLessThan(0.1)
    expect(silenceOf(sound)).toBeCloseTo(0.5, 2)
  })

  it("hears little of what is very low", () => {
    expect(integratedLoudness(soundOf(3, sine(30, -18))) ?? 0).toBeLessThan(-22)
  })
})

describe("silence", () => {
  it("has no loudness, peak, key or tempo", () => {
    expect(measure(soundOf(3, () => 0))).toMatchObject({
      ...{ loudness: null, peak: null, clips: 0, silence: 1, onsets: 0, brightness: null },
      ...{ width: 0, key: null, tempo: null },
    })
  })
})

describe("the peak", () => {
  it("is that between samples", () => {
    // A quarter of the sample rate, an eighth of a turn late: its samples are 3 dB below its peak.
    const peak = truePeak(soundOf(0.2, (time) => Math.sin(2 * Math.PI * (sampleRate / 4) * time + Math.PI / 4)))
    expect(Math.abs(20 * Math.log10(peak))).toBeLessThan(0.4)
  })

  it("of what was cut off counts as clips, and of what is just loud does not", () => {
    const cut = soundOf(1, (time) => Math.max(-1, Math.min(1, 1.5 * Math.sin(2 * Math.PI * 100 * time))))
    expect(countClips(cut)).toBe(400)
    expect(countClips(soundOf(1, sine(100, -0.1)))).toBe(0)
    expect(countClips(soundOf(1, (time) => 1.2 * Math.sin(2 * Math.PI * 100 * time)))).toBe(400)
  })
})

describe("bands", () => {
  it.each([
    [40, "sub"],
    [120, "bass"],
    [350, "low mids"],
    [1_000, "mids"],
    [4_000, "high mids"],
    [10_000, "highs"],
  ])("have a sine of %i Hz in the %s, at its level", (frequency, name) => {
    const { bands: levels, brightness } = toneOf(soundOf(2, sine(frequency, -12)))
    for (const [index, { name: band }] of bands.entries()) {
      if (band === name) expect(levels[index]).toBeCloseTo(-12, 0)
      else expect(levels[index]).toBeLessThan(-35)
    }
    expect(brightness ?? 0).toBeGreaterThan(frequency * 0.97)
    expect(brightness ?? 0).toBeLessThan(frequency * 1.03)
  })

  it("tell when the energy comes", () => {
    const { course } = toneOf(soundOf(4, (time) => (time > 2 ? sine(100, -6)(time) : 0)))
    expect(course[5]?.[1]).toBeLessThan(-80)
    expect(course.at(-5)?.[1]).toBeCloseTo(-6, 0)
  })
})

describe("width", () => {
  it("is 0 of mono, 1 of opposites, and a half of two sounds", () => {
    expect(widthOf(soundOf(1, sine(300, -6)))).toBe(0)
    expect(widthOf(soundOf(1, sine(300, -6), (time) => -sine(300, -6)(time)))).toBe(1)
    const [one, other] = [noise(1), noise(2)]
    expect(widthOf(soundOf(2, one, other))).toBeCloseTo(0.5, 1)
  })
})

describe("onsets", () => {
  const beats = (bpm: number, count: number) => Array.from({ length: count }, (_, index) => 0.1 + (index * 60) / bpm)

  it.each([96, 120, 132, 174])("of four on the floor at %i bpm are heard within 10 ms, and its tempo", (bpm) => {
    const at = beats(bpm, 16)
    const sound = kicks((at.at(-1) ?? 0) + 0.5, at)
    const heard = onsetsOf(sound.left, sampleRate)
    expect(heard).toHaveLength(at.length)
    for (const [index, time] of heard.entries()) expect(Math.abs(time - (at[index] ?? 0))).toBeLessThan(0.01)
    const tempo = tempoOf(fluxOf(sound.left, sampleRate), fluxRate(sampleRate)) ?? 0
    expect([1, 2, 0.5].some((factor) => Math.abs(tempo / (bpm * factor) - 1) < 0.01)).toBe(true)
  })

  it("of a held tone are its beginning alone, and of steady noise hardly any", () => {
    expect(onsetsOf(soundOf(4, sine(440, -12)).left, sampleRate).length).toBeLessThanOrEqual(1)
    expect(onsetsOf(soundOf(4, noise(3)).left, sampleRate).length).toBeLessThanOrEqual(2)
  })
})

describe("the key", () => {
  const chord = (notes: number[]) => (time: number) =>
    notes.reduce((sum, note) => sum + 0.1 * Math.sin(2 * Math.PI * 440 * 2 ** ((note - 69) / 12) * time), 0)

  it.each([
    [
      "C major",
      [
        [60, 64, 67],
        [65, 69, 72],
        [67, 71, 74],
        [60, 64, 67],
      ],
    ],
    [
      "A minor",
      [
        [57, 60, 64],
        [62, 65, 69],
        [64, 67, 71],
        [57, 60, 64],
      ],
    ],
    [
      "Eb major",
      [
        [63, 67, 70],
        [68, 72, 75],
        [70, 74, 77],
        [63, 67, 70],
      ],
    ],
  ])("of a cadence in %s is that", (name, chords) => {
    const sound = soundOf(6, (time) => chord(chords[Math.floor(time / 1.5)] ?? [])(time))
    expect(keyOf(sound.left, sampleRate)?.name).toBe(name)
  })

  it("of noise is none", () => {
    expect(keyOf(soundOf(3, noise(5)).left, sampleRate)).toBeNull()
  })
})

describe("masking", () => {
  const layer = (name: string, value: (time: number) => number) => ({ name, sound: soundOf(2, value) })

  it("tells a quiet sound beside a loud one of the same pitch, and none that is far from it", () => {
    const loud = layer("organ", sine(200, -6))
    expect(maskedOf([loud, layer("bass", sine(210, -30))])).toEqual([
      { name: "bass", by: "organ", part: 1, band: "bass" },
    ])
    expect(maskedOf([loud, layer("bell", sine(4_000, -30))])).toEqual([])
    expect(maskedOf([loud, layer("other organ", sine(200, -6))])).toEqual([])
  })
})

it("has the same figures twice", () => {
  const random = noise(9)
  const sound = soundOf(3, () => random() / 4)
  expect(measure(sound)).toEqual(measure(sound))
})
