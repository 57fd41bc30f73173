const isoPattern =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i

/** Epoch numbers from here on count milliseconds, microseconds, nanoseconds: as seconds they lie beyond the year 5000. */
const milliseconds = 1e11
const microseconds = 1e14
const nanoseconds = 1e17

function ofEpoch(value: number): Date {
  const unit = value >= nanoseconds ? 1e-6 : value >= microseconds ? 1e-3 : value >= milliseconds ? 1 : 1e3
  return new Date(Math.round(value * unit))
}

function ofText(text: string): Date | undefined {
  const match = isoPattern.exec(text)
  if (!match) return undefined
  const [, day, minute = "00:00", second = "00", fraction = "0", zone = "Z"] = match
  const offset = /^[+-]/.test(zone)
    ? zone.replace(/^(...):?(\d\d)?$/, (_, hours, minutes) => `${hours}:${minutes ?? "00"}`)
    : "Z"
  return new Date(`${day}T${minute}:${second}.${fraction.padEnd(3, "0").slice(0, 3)}${offset}`)
}

const lastYear = 9999

/** Turns ISO 8601 (without an offset: UTC) or an epoch in seconds to nanoseconds into ISO 8601 in UTC, exact to the millisecond. */
export function toIsoTime(value: unknown): string | undefined {
  let date: Date | undefined
  if (typeof value === "number") date = ofEpoch(value)
  else if (typeof value === "string") {
    const text = value.trim()
    date = /^\d+(?:\.\d+)?$/.test(text) ? ofEpoch(Number(text)) : ofText(text)
  }
  if (!date || Number.isNaN(date.getTime())) return undefined
  const year = date.getUTCFullYear()
  return year >= 1970 && year <= lastYear ? date.toISOString() : undefined
}
