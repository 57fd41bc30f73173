/**
 * The names that a pattern gives to sessions: "{n}" is a running number from 1, "{name}" what a session is called so
 * far. Where a pattern has neither, the number comes at its end. None where it is empty.
 */
export function namesBy(pattern: string, former: string[]): string[] {
  const text = pattern.trim()
  if (text === "") return []
  const whole = /\{n(?:ame)?\}/.test(text) ? text : `${text} {n}`
  return former.map((name, place) =>
    whole.replace(/\{(n|name)\}/g, (_, sign) => (sign === "n" ? String(place + 1) : name)),
  )
}
