/** A length that a text tells: `8 bars`, or the bars from and to which something plays, as in `(16-32)`. */
export interface HeadingBars {
  /** Where its numbers begin and end in the text. */
  start: number
  end: number
  bars: number
  /** Of bars from and to: the first, and all before the last. */
  range: { from: number; words: string } | null
}

const number = String.raw`\d{1,3}(?:\.\d+|,\d{1,2}(?!\d))?`
const unit = String.raw`(?:bars?|cycles?)\b`
const to = String.raw`\s*(?:[-–—]|to\b)\s*`
/** Part of a longer number, a fraction or a product, none of which tells a length by its end. */
const notWithin = String.raw`(?<![\d.,/×*]|\dx)`

/** From and to alone in brackets, behind `bars`, or before it without spaces; else a number of bars. */
const forms = [
  String.raw`(?<=[([]\s*(?:bars?\s+|cycles?\s+)?)(?<from1>${number})${to}(?<to1>${number})(?=\s*(?:${unit})?\s*[)\]])`,
  String.raw`(?<=\b(?:bars?|cycles?)\s+)(?<from2>${number})${to}(?<to2>${number})(?![\d.,]*\d)`,
  String.raw`${notWithin}(?<from3>${number})[-–—](?<to3>${number})(?=\s*${unit})`,
  String.raw`${notWithin}(?<bars>${number})(?=\s*${unit})`,
].join("|")

const numberOf = (text: string | undefined): number => Number(text?.replace(",", "."))

/** The lengths that a text tells, in their order, also those of 0. Bars from and to count from 0, as in `0-16` and `16-32`. */
export function findBars(text: string): HeadingBars[] {
  // Only digits are looked at more closely, so that long stretches of spaces cost nothing.
  const pattern = new RegExp(String.raw`(?=\d)(?:${forms})`, "gi")
  return [...text.matchAll(pattern)].flatMap(({ index, 0: words, groups = {} }): HeadingBars[] => {
    const { from1, from2, from3, to1, to2, to3 } = groups
    const first = from1 ?? from2 ?? from3
    const last = to1 ?? to2 ?? to3 ?? ""
    const from = first === undefined ? 0 : numberOf(first)
    const bars = (first === undefined ? numberOf(groups.bars) : numberOf(last)) - from
    const range = first === undefined ? null : { from, words: words.slice(0, words.length - last.length) }
    return bars >= 0 ? [{ start: index, end: index + words.length, bars, range }] : []
  })
}

/**
 * Whether bars from and to count from 1, so that the last is played too: `1-16` and `17-32` last 16 bars each. The first
 * of a song tells.
 */
export function countsFromOne(lengths: (HeadingBars | undefined)[]): boolean {
  const first = lengths.find((each) => each?.range)
  return (first?.range?.from ?? 0) % 2 === 1
}

/** The text with another length in the place of one that was found; nothing else of it changes. */
export function replaceBars(
  text: string,
  { start, end, range }: HeadingBars,
  length: { bars: number; last: number },
): string {
  const behind = text.slice(end)
  if (range) return `${text.slice(0, start)}${range.words}${length.last}${behind}`
  return `${text.slice(0, start)}${barsInWords(length.bars)}${behind.replace(new RegExp(String.raw`^\s*${unit}`, "i"), "")}`
}

export const barsInWords = (bars: number): string => `${bars} ${bars === 1 ? "bar" : "bars"}`

/** What a text says besides a length that is set off by brackets or stands at its end; else all of it. */
export function withoutBars(text: string, length: HeadingBars | undefined): string {
  const whole = text.replace(/\s+/g, " ").trim()
  if (!length) return whole
  const before = text.slice(0, length.start).replace(/\b(?:bars?|cycles?)\s+$/i, "")
  const behind = text.slice(length.end).replace(new RegExp(String.raw`^\s*${unit}`, "i"), "")
  if (/[([]\s*$/.test(before) && /^\s*[)\]]/.test(behind)) {
    return withoutEnd(`${before.replace(/[([]\s*$/, "")} ${behind.replace(/^\s*[)\]]/, "")}`.replace(/\s+/g, " "))
  }
  if (behind.trim() === "") return withoutEnd(before.replace(/\s+/g, " "))
  if (before.trim() === "" && /^\s*[:–—-]\s/.test(behind)) return behind.replace(/^\s*[:–—-]\s+/, "").trim()
  return whole
}

const withoutEnd = (text: string): string => text.trim().replace(/(?:\s*[,:;–—-]|\s+for)$/i, "")
