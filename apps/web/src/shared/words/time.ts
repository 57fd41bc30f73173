const minute = 60_000

const units = [
  { unit: "year", length: 365 * 24 * 60 * minute },
  { unit: "month", length: 30 * 24 * 60 * minute },
  { unit: "week", length: 7 * 24 * 60 * minute },
  { unit: "day", length: 24 * 60 * minute },
  { unit: "hour", length: 60 * minute },
  { unit: "minute", length: minute },
] as const

const relative = new Intl.RelativeTimeFormat("en", { style: "narrow", numeric: "always" })

/** How long ago a moment was, in the largest unit that fits; "now" below a minute. Both in milliseconds. */
export function formatAgo(then: number, now: number): string {
  const passed = now - then
  const fitting = units.find(({ length }) => Math.abs(passed) >= length)
  return fitting ? relative.format(-Math.trunc(passed / fitting.length), fitting.unit) : "now"
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone })
  formats.set(key, format)
  return format
}

/** A moment with its zone, to the second: "17 October 2026 at 17:02:11 UTC". */
export const formatExactly = (then: number, timeZone: string): string =>
  formatIn(timeZone, { dateStyle: "long", timeStyle: "long" }).format(then)

/** A moment to the minute: "17 Oct 2026, 17:02". */
export const formatShortly = (then: number, timeZone: string): string =>
  formatIn(timeZone, { dateStyle: "medium", timeStyle: "short" }).format(then)

/** Whether this machine knows a time zone of that name. */
export function isTimeZone(name: string | undefined): name is string {
  if (!name) return false
  try {
    Intl.DateTimeFormat("en-GB", { timeZone: name })
    return true
  } catch {
    return false
  }
}
