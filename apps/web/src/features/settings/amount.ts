/** What is typed as an amount of money; null for nothing, undefined for what is none. */
export function amountOf(text: string): number | null | undefined {
  const plain = text.trim().replace(/^\$/, "")
  if (plain === "") return null
  const amount = Number(plain)
  return Number.isFinite(amount) && amount >= 0 ? amount : undefined
}

/** An amount as it is typed. */
export const typedAmount = (amount: number | null | undefined): string => (amount == null ? "" : String(amount))

/** US dollars as people read them, the first cents of small amounts included. */
export const dollars = (amount: number): string =>
  amount === 0 || amount >= 0.01 ? `$${amount.toFixed(2)}` : `$${Number(amount.toPrecision(2))}`
