const chromas: Record<string, number> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 }
const accidentals: Record<string, number> = { "#": 1, s: 1, b: -1, f: -1 }
const usualOctave = 3

/** The pitch of an event's controls as a MIDI note number, a fraction where between two keys; null if it has none. */
export function midiOf({ note, freq }: { [key: string]: unknown }): number | null {
  if (typeof note === "number") return note
  if (typeof note === "string") return midiOfName(note)
  return typeof freq === "number" && freq > 0 ? Number((69 + 12 * Math.log2(freq / 440)).toFixed(2)) : null
}

/** As Strudel reads names; its own function comes with its whole library, which does not load everywhere. */
function midiOfName(name: string): number | null {
  if (name.trim() !== "" && Number.isFinite(Number(name))) return Number(name)
  const [, letter, signs = "", octave] = /^([a-g])([#bsf]*)(-?\d*)$/i.exec(name) ?? []
  const chroma = letter && chromas[letter.toLowerCase()]
  if (typeof chroma !== "number") return null
  const shift = [...signs].reduce((sum, sign) => sum + (accidentals[sign] ?? 0), 0)
  return (Number(octave || usualOctave) + 1) * 12 + chroma + shift
}
