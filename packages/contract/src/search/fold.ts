/** Accents, vowel points, skin tones and signs that are not seen: a search passes over them. */
const passedOver =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each mark is meant by itself.
  /[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\u{1f3fb}-\u{1f3ff}\u{e0000}-\u{e01ef}]+/gu

/** Letters that Unicode takes for letters of their own, and how they are typed without their keyboard. */
const typed: Record<string, string> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ŧ: "t", ı: "i", ς: "σ" },
}
const special = new RegExp(`[${Object.keys(typed).join("")}]`, "g")

const isPlain = (text: string): boolean => !/[^\0-\x7f]/.test(text)

/**
 * A text as a search compares it: in small letters, composed, without accents and vowel points, wide and narrow forms of
 * a sign alike. The database's `search_fold` does the same.
 */
export function foldText(text: string): string {
  if (isPlain(text)) return text.toLowerCase()
  return text
    .normalize("NFKD")
    .replace(passedOver, "")
    .toLowerCase()
    .normalize("NFC")
    .replace(special, (letter) => typed[letter] ?? letter)
}

/** What a list is asked for by a text, if by any. */
export const foldQuery = (text: string | undefined): string | undefined => (text === undefined ? text : foldText(text))

/** A character with the marks and unseen signs behind it; of Korean letters a syllable, or all of a run that may be some. */
const clusters =
  /(?:[\u1100-\u115f\ua960-\ua97f]+[\u1160-\u11a7\ud7b0-\ud7ca]*[\u11a8-\u11ff\ud7cb-\ud7ff]*|[\uac00-\ud7a3][\u11a8-\u11ff]*|[\u3131-\u318e\uffa0-\uffdc]+|.)(?:\p{M}|\p{EMod}|[\uff9e\uff9f\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u{e0000}-\u{e01ef}])*/gsu

export interface FoldedText {
  folded: string
  /** The piece of the text that a span of its folded form stands for, from and to. */
  spanOf(from: number, to: number): [from: number, to: number]
}

/** Folds a text and tells where its characters come from. */
export function foldWithPlaces(text: string): FoldedText {
  if (isPlain(text)) return { folded: text.toLowerCase(), spanOf: (from, to) => [from, to] }
  let folded = ""
  const starts: number[] = []
  const ends: number[] = []
  for (const { 0: cluster, index } of text.matchAll(clusters)) {
    const piece = foldText(cluster)
    for (let unit = 0; unit < piece.length; unit++) {
      starts.push(index)
      ends.push(index + cluster.length)
    }
    folded += piece
  }
  return { folded, spanOf: (from, to) => [starts[from] ?? text.length, ends[to - 1] ?? text.length] }
}
