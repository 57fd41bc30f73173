import type { Heard } from "../heard.ts"
import { decibelsOf, hundredth, tenth } from "./decibels.ts"
import { silenceOf, waveformOf, widthOf } from "./extent.ts"
import { keyOf } from "./key.ts"
import { integratedLoudness } from "./loudness.ts"
import { type Layer, maskedOf } from "./masking.ts"
import { fluxOf, fluxRate, onsetsOf } from "./onsets.ts"
import { countClips, truePeak } from "./peak.ts"
import { monoOf, type Sound } from "./sound.ts"
import { tempoOf } from "./tempo.ts"
import { toneOf } from "./tone.ts"

/** Measures a sound; `layers` are the sounds that it is made of, where it is of several. */
export function measure(sound: Sound, layers: Layer[] = []): Omit<Heard, "unheard"> {
  const { left, sampleRate } = sound
  const mono = monoOf(sound)
  const seconds = left.length / sampleRate
  const loudness = integratedLoudness(sound)
  const peak = truePeak(sound)
  const { bands, course, brightness } = toneOf(sound)
  const flux = fluxOf(mono, sampleRate)
  const key = keyOf(mono, sampleRate)
  const tempo = tempoOf(flux, fluxRate(sampleRate))
  return {
    seconds: hundredth(seconds),
    loudness: loudness === null ? null : tenth(loudness),
    peak: peak > 0 ? tenth(decibelsOf(peak ** 2)) : null,
    clips: countClips(sound),
    silence: hundredth(silenceOf(sound)),
    bands: bands.map(tenth),
    onsets: tenth(onsetsOf(mono, sampleRate, flux).length / seconds),
    brightness: brightness === null ? null : Math.round(brightness),
    width: hundredth(widthOf(sound)),
    key: key && { name: key.name, fit: hundredth(key.fit) },
    tempo: tempo === null ? null : tenth(tempo),
    masked: maskedOf(layers),
    waveform: waveformOf(sound),
    course: course.map((slice) => slice.map(Math.round)),
  }
}
