const day = 24 * 60 * 60 * 1000

/** Minutes that a zone's clocks are ahead of UTC at a moment. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "longOffset" }).formatToParts(moment)
  const text = parts.find(({ type }) => type === "timeZoneName")?.value ?? ""
  const [, sign, hours, minutes = "0"] = /GMT([+-])(\d+)(?::(\d+))?/.exec(text) ?? []
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes))
}

/** The moment at which a day such as "2026-10-17", or one so many days later, begins in a zone; undefined for no date. */
export function startOfDay(date: string, timeZone: string, later = 0): string | undefined {
  if (!/^(19[7-9]\d|[2-8]\d{3})-\d\d-\d\d$/.test(date)) return undefined
  const midnight = Date.parse(`${date}T00:00:00Z`) + later * day
  if (Number.isNaN(midnight)) return undefined
  // Clocks may be set between the guess and the day's beginning: the second look has the right offset.
  const guess = midnight - offsetAt(midnight, timeZone) * 60_000
  return new Date(midnight - offsetAt(guess, timeZone) * 60_000).toISOString()
}

/** The date in a zone at a moment in milliseconds. */
export const dateIn = (moment: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(moment)
