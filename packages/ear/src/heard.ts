import { z } from "zod"

/** The bands in which energy is told, and where each begins and ends, in hertz. */
export const bands = [
  { name: "sub", from: 20, to: 60 },
  { name: "bass", from: 60, to: 250 },
  { name: "low mids", from: 250, to: 500 },
  { name: "mids", from: 500, to: 2_000 },
  { name: "high mids", from: 2_000, to: 6_000 },
  { name: "highs", from: 6_000, to: 20_000 },
] as const

/** The most that is kept of one clip: columns of its waveform, slices of its bands, names, and who masks whom. */
export const mostHeard = { columns: 160, slices: 48, names: 16, masked: 8, nameLength: 64 } as const

/** Decibels below which a band counts as silent. */
export const quietest = -90

const decibels = z.number().min(quietest).max(60)
const name = z.string().max(mostHeard.nameLength)

/** One sound that another covers: the part of its energy that is not heard beside it, and in which band most. */
export const Masked = z.object({
  name,
  by: name,
  part: z.number().min(0).max(1),
  band: z.enum(bands.map((band) => band.name)),
})
export type Masked = z.infer<typeof Masked>

/** What a piece of music sounds like, in figures. */
export const Heard = z.object({
  /** Seconds that were listened to, from the first cycle on. */
  seconds: z.number().positive(),
  /** Integrated loudness in LUFS (ITU-R BS.1770-4); null of silence. */
  loudness: z.number().min(-70).max(60).nullable(),
  /** The true peak in dB of full scale; null of silence. */
  peak: decibels.nullable(),
  /** Places at which it is louder than full scale, and would be cut off. */
  clips: z.int().nonnegative(),
  /** The part of the time in which nothing is heard. */
  silence: z.number().min(0).max(1),
  /** The energy in each of the bands, in dB of a sine at full scale. */
  bands: z.array(decibels).length(bands.length),
  /** Beginnings of sounds per second. */
  onsets: z.number().nonnegative(),
  /** The centre of the spectrum in hertz; null of silence. */
  brightness: z.number().nonnegative().nullable(),
  /** The part of the energy that differs between left and right: 0 is mono, 0.5 is two sounds of their own. */
  width: z.number().min(0).max(1),
  /** The key as heard, and how well it fits, from 0 to 1; null where none is. */
  key: z.object({ name, fit: z.number().min(0).max(1) }).nullable(),
  /** Beats per minute as heard; null where there is no pulse. */
  tempo: z.number().positive().nullable(),
  /** Sounds whose files are not here, so that others were heard in their place. */
  unheard: z.array(name).max(mostHeard.names),
  masked: z.array(Masked).max(mostHeard.masked),
  /** The peak of each column, in percent of full scale. */
  waveform: z.array(z.int().min(0).max(100)).max(mostHeard.columns),
  /** The energy in each band, slice by slice. */
  course: z.array(z.array(z.int().min(quietest).max(60)).length(bands.length)).max(mostHeard.slices),
})
export type Heard = z.infer<typeof Heard>

/** The figures that a change of a sound is told from. */
export const Compared = Heard.pick({
  ...{ loudness: true, peak: true, clips: true, bands: true },
  ...{ brightness: true, onsets: true, width: true, key: true },
})
export type Compared = z.infer<typeof Compared>
