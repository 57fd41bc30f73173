const numberToken = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Characters of a number without an exponent that JavaScript holds whatever its digits are. */
const alwaysExact = 15

interface Decimal {
  negative: boolean
  /** The digits that count, without zeros at either end; "" for zero. */
  digits: string
  /** The power of ten of the last digit. */
  exponent: number
}

/** Cuts zeros off both ends, and says how many there were at the end. */
function trimZeros(digits: string): { digits: string; trailing: number } {
  let start = 0
  while (digits[start] === "0") start++
  let end = digits.length
  while (end > start && digits[end - 1] === "0") end--
  return { digits: digits.slice(start, end), trailing: digits.length - end }
}

function decimalOf(token: string): Decimal {
  const [mantissa = "", power = "0"] = token.toLowerCase().split("e")
  const negative = mantissa.startsWith("-")
  const [whole = "", fraction = ""] = mantissa.slice(negative ? 1 : 0).split(".")
  const { digits, trailing } = trimZeros(whole + fraction)
  if (digits === "") return { negative: false, digits, exponent: 0 }
  return { negative, digits, exponent: Number(power) - fraction.length + trailing }
}

/**
 * Whether JavaScript holds the number of a JSON text as it is written: printed again, it has the same decimal value. What
 * is no JSON number holds nothing that could be lost.
 */
export function isExactNumber(token: string): boolean {
  if (token.length <= alwaysExact && !/e/i.test(token)) return true
  if (!numberToken.test(token)) return true
  const value = Number(token)
  if (!Number.isFinite(value)) return false
  const written = decimalOf(token)
  const held = decimalOf(String(value))
  return written.digits === held.digits && written.exponent === held.exponent && written.negative === held.negative
}

const longestShown = 40

/** Says why a number that is not exact is refused. */
export function inexactNumberProblem(token: string): string {
  const shown = token.length > longestShown ? `${token.slice(0, longestShown)}…` : token
  const manyDigits = decimalOf(token).digits.length > alwaysExact
  const problem = manyDigits ? "has more digits than can be kept exactly" : "is further from 1 than can be kept exactly"
  return `${shown} ${problem}; send it as a string`
}
