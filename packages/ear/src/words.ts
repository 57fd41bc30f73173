import { bands, type Compared, type Heard, quietest } from "./heard.ts"

const signed = (value: number): string => `${value > 0 ? "up" : "down"} ${Math.abs(Math.round(value))} dB`

/** Decibels by which a band or the loudness must differ to be told, and below which a band is not heard. */
const least = { band: 3, loudness: 1.5, heard: -60 }
/** How many times as high the centre, and as many the onsets must be, and by how much the width must differ. */
const others = { brightness: 1.25, onsets: 1.25, width: 0.1 }

/** What a piece of music sounds like, in a few words each. */
export function audioWords({
  loudness,
  peak,
  clips,
  masked,
  unheard,
  ...heard
}: Omit<Heard, "waveform" | "course">): string[] {
  if (loudness === null || peak === null) return ["silent", ...unheardWords(unheard)]
  return [
    `${loudness} LUFS`,
    `peaks at ${peak} dBFS${clips > 0 ? ": clips" : ""}`,
    ...(heard.brightness === null ? [] : [`centre at ${heard.brightness} Hz`]),
    `${heard.onsets} onsets a second`,
    ...(heard.tempo === null ? [] : [`${heard.tempo} bpm as heard`]),
    ...(heard.key === null ? [] : [`${heard.key.name} as heard`]),
    ...(heard.width < 0.01 ? ["mono"] : [`width ${heard.width}`]),
    ...masked.map(({ name, by, part, band }) => `${name} masked by ${by}: ${Math.round(100 * part)} % (${band})`),
    ...unheardWords(unheard),
  ]
}

const unheardWords = (unheard: string[]) => (unheard.length > 0 ? [`samples not heard: ${unheard.join(", ")}`] : [])

/** What became of the sound between two versions, in a few words each; nothing where it is much the same. */
export function changeWords(before: Compared, after: Compared): string[] {
  const words: string[] = []
  const louder = before.loudness !== null && after.loudness !== null ? after.loudness - before.loudness : 0
  if (Math.abs(louder) >= least.loudness) words.push(`loudness ${signed(louder)}`)
  if ((before.loudness === null) !== (after.loudness === null)) words.push(after.loudness === null ? "silent" : "heard")
  words.push(...bandWords(before, after, louder), ...characterWords(before, after))
  if (after.clips > 0 && before.clips === 0) words.push(`peaks at ${after.peak} dBFS: clips`)
  if (after.clips === 0 && before.clips > 0) words.push("clips no more")
  if (before.key?.name !== after.key?.name && after.key) words.push(`${after.key.name} as heard`)
  return words
}

/** Which bands changed; none where all of them did by as much as the loudness. */
function bandWords(before: Compared, after: Compared, louder: number): string[] {
  const changes = bands.flatMap(({ name }, index) => {
    const [was, is] = [before.bands[index] ?? quietest, after.bands[index] ?? quietest]
    return was < least.heard && is < least.heard ? [] : [{ name, was, is }]
  })
  if (changes.every(({ was, is }) => Math.abs(is - was - louder) < least.loudness)) return []
  return changes.flatMap(({ name, was, is }) => {
    if (was < least.heard) return [`${name} comes in`]
    if (is < least.heard) return [`${name} gone`]
    return Math.abs(is - was) >= least.band ? [`${name} ${signed(is - was)}`] : []
  })
}

/** How its character changed: its brightness, density and width. */
function characterWords(before: Compared, after: Compared): string[] {
  const brighter = before.brightness && after.brightness ? after.brightness / before.brightness : 1
  const busier = before.onsets > 0 && after.onsets > 0 ? after.onsets / before.onsets : 1
  const wider = before.loudness === null || after.loudness === null ? 0 : after.width - before.width
  const either = (ratio: number, least: number, [more, less]: [string, string]) =>
    ratio >= least ? [more] : ratio <= 1 / least ? [less] : []
  return [
    ...either(brighter, others.brightness, ["brighter", "darker"]),
    ...either(busier, others.onsets, ["busier", "sparser"]),
    ...(Math.abs(wider) >= others.width ? [wider > 0 ? "wider" : "narrower"] : []),
  ]
}
