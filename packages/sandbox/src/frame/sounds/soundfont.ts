import * as z from "zod/mini"

/** A sound of a font, for some of its keys. */
const Zone = z.object({
  /** Cents above MIDI note 0 at which it sounds as it is, before it is tuned. */
  originalPitch: z.number(),
  keyRangeLow: z.number(),
  keyRangeHigh: z.number(),
  /** In samples; it is not repeated where the one is not above the other. */
  loopStart: z.number(),
  loopEnd: z.number(),
  /** Semitones and cents. */
  coarseTune: z.number(),
  fineTune: z.number(),
  sampleRate: z.number(),
  /** The file of a sound in base64, */
  file: z.optional(z.string()),
  /** or its samples as 16-bit numbers, the lower byte first. */
  sample: z.optional(z.string()),
})
export type Zone = z.infer<typeof Zone>

/** A font has one for each key at the most. */
const mostZones = 128

/** How a script of a WebAudioFont begins: `var _tone_0000_Chaos_sf2_file={ zones:[{ … }] }`. */
const head = /^\s*(?:console\.log\('[\w ]*'\);\s*)?var _tone_\w+\s*=/

/**
 * The zones of a WebAudioFont, a script of which only the words, numbers and strings are read and nothing is run; empty
 * where the text is none.
 */
export function zonesOf(script: string): Zone[] {
  if (!head.test(script.slice(0, 500))) return []
  const drafts: (typeof fields)[] = []
  let fields: Record<string, string | number> = {}
  let key = ""
  for (const token of tokensOf(script)) {
    if (token.text === undefined) {
      if ("file" in fields || "sample" in fields) drafts.push(fields)
      if (drafts.length === mostZones) break
      fields = {}
      key = ""
      continue
    }
    const value = token.isQuoted ? token.text : Number(token.text)
    if (key === "" || Number.isNaN(value)) key = token.text
    else {
      fields[key] = value
      key = ""
    }
  }
  return drafts.flatMap((draft) => Zone.safeParse(draft).data ?? [])
}

/** A word, a number or a string; without a text it is a brace. */
interface Token {
  text?: string
  isQuoted?: boolean
}

/** What a script consists of, without its comments and commas; each character is read once. */
function* tokensOf(script: string): Generator<Token> {
  const word = /[\w.+-]+/y
  for (let at = 0; at < script.length; ) {
    const sign = script.charAt(at)
    if (sign === "/" && script.charAt(at + 1) === "/") at = endOf(script, "\n", at + 2)
    else if (sign === "'" || sign === '"') {
      const end = endOf(script, sign, at + 1)
      yield { text: script.slice(at + 1, end), isQuoted: true }
      at = end + 1
    } else if (sign === "{" || sign === "}") {
      yield {}
      at++
    } else {
      word.lastIndex = at
      const text = word.exec(script)?.[0]
      if (text) yield { text }
      at += text?.length ?? 1
    }
  }
}

const endOf = (text: string, sign: string, from: number): number => {
  const found = text.indexOf(sign, from)
  return found < 0 ? text.length : found
}

/** The zone that a key is played with; a key between two has the lower one. */
export const zoneOf = <Ranged extends Pick<Zone, "keyRangeLow" | "keyRangeHigh">>(
  zones: readonly Ranged[],
  key: number,
): Ranged | undefined => zones.find(({ keyRangeLow, keyRangeHigh }) => keyRangeLow <= key && keyRangeHigh + 1 >= key)

/** How much faster than it is a zone has to be played for a key, a MIDI note. */
export const rateOf = ({ originalPitch, coarseTune, fineTune }: Zone, key: number): number =>
  2 ** ((100 * key - (originalPitch - 100 * coarseTune - fineTune)) / 1200)

/** The part of a zone that goes on while its key is held, in seconds; null where it sounds once. */
export const loopOf = ({ loopStart, loopEnd, sampleRate }: Zone): { start: number; end: number } | null =>
  loopStart > 1 && loopStart < loopEnd && sampleRate > 0
    ? { start: loopStart / sampleRate, end: loopEnd / sampleRate }
    : null

export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))

/** Numbers from −0.5 to 0.5 of the samples of a zone, as loud as the files are. */
export function samplesOf(base64: string): Float32Array<ArrayBuffer> {
  const bytes = new DataView(bytesOf(base64).buffer)
  const samples = new Float32Array(bytes.byteLength >> 1)
  for (let index = 0; index < samples.length; index++) samples[index] = bytes.getInt16(2 * index, true) / 65536
  return samples
}
