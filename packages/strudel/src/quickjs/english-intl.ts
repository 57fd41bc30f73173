interface NumberOptions {
  minimumFractionDigits?: number
  maximumFractionDigits?: number
  style?: string
  useGrouping?: boolean
}

/** Digits in groups of three, with three fraction digits at most, as en-US writes them. */
function formatNumber(value: unknown, options: NumberOptions = {}): string {
  const isPercent = options.style === "percent"
  const number = Number(value) * (isPercent ? 100 : 1)
  if (!Number.isFinite(number)) return Number.isNaN(number) ? "NaN" : number < 0 ? "-∞" : "∞"
  const least = options.minimumFractionDigits ?? 0
  const most = Math.max(least, options.maximumFractionDigits ?? (isPercent ? 0 : 3))
  const [whole = "", fraction = ""] = number.toFixed(Math.min(most, 100)).split(".")
  const kept = fraction.replace(new RegExp(`0{0,${most - least}}$`), "")
  const grouped = options.useGrouping === false ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ",")
  return `${grouped}${kept && `.${kept}`}${isPercent ? "%" : ""}`
}

const resolved = { locale: "en-US", numberingSystem: "latn", calendar: "gregory", timeZone: "UTC" }

/** The words of one language, whatever is asked for. */
class Formatter {
  static supportedLocalesOf = () => ["en-US"]
  protected readonly options: NumberOptions & { type?: string; granularity?: string }
  constructor(_locales?: unknown, options: Formatter["options"] = {}) {
    this.options = options
  }
  resolvedOptions = () => ({ ...resolved, ...this.options })
}

class NumberFormat extends Formatter {
  format = (value: unknown) => formatNumber(value, this.options)
  formatToParts = (value: unknown) => [{ type: "literal", value: this.format(value) }]
}

class DateTimeFormat extends Formatter {
  format = (date: Date | number = Date.now()) => {
    const moment = new Date(date)
    return `${moment.getUTCMonth() + 1}/${moment.getUTCDate()}/${moment.getUTCFullYear()}`
  }
  formatToParts = (date?: Date | number) => [{ type: "literal", value: this.format(date) }]
}

class Collator extends Formatter {
  compare = (one: string, other: string) => {
    const [first, second] = [String(one).toLowerCase(), String(other).toLowerCase()]
    return first < second ? -1 : first > second ? 1 : 0
  }
}

class PluralRules extends Formatter {
  select = (count: number) => {
    if (this.options.type !== "ordinal") return count === 1 ? "one" : "other"
    const [tens, ones] = [count % 100, count % 10]
    if (tens > 10 && tens < 14) return "other"
    return ["other", "one", "two", "few"][ones] ?? "other"
  }
}

class ListFormat extends Formatter {
  format = (items: Iterable<string>) => {
    const words = [...items]
    const last = this.options.type === "disjunction" ? "or" : "and"
    if (words.length < 3) return words.join(` ${last} `)
    return `${words.slice(0, -1).join(", ")}, ${last} ${words.at(-1)}`
  }
}

class RelativeTimeFormat extends Formatter {
  format = (count: number, unit: string) => {
    const size = Math.abs(count)
    const words = `${formatNumber(size)} ${String(unit).replace(/s$/, "")}${size === 1 ? "" : "s"}`
    return count < 0 || Object.is(count, -0) ? `${words} ago` : `in ${words}`
  }
}

class DisplayNames extends Formatter {
  of = (code: string) => code
}

class Segmenter extends Formatter {
  segment = (text: string) => {
    const pieces = this.options.granularity === "word" ? (text.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]/gu) ?? []) : [...text]
    let index = 0
    return pieces.map((segment) => {
      const from = index
      index += segment.length
      return { segment, index: from, input: text, isWordLike: /[\p{L}\p{N}]/u.test(segment) }
    })
  }
}

/** ECMA-402's Intl in English alone: numbers, dates and lists read as in en-US, in whole days of UTC. */
export const englishIntl = {
  NumberFormat,
  DateTimeFormat,
  Collator,
  PluralRules,
  ListFormat,
  RelativeTimeFormat,
  DisplayNames,
  Segmenter,
  getCanonicalLocales: (locales: string | string[] = []) => [locales].flat(),
  supportedValuesOf: () => [],
}
