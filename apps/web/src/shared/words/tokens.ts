import { formatNumber } from "./count.ts"

const thousand = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 })

/** A number of tokens to three digits: "830", "12.4k". */
export const formatTokens = (tokens: number): string =>
  tokens < 1000 ? formatNumber(tokens) : `${thousand.format(tokens / 1000)}k`

/** An amount of US dollars: to the cent, and where that says nothing, to two digits. */
export const formatCost = (cost: number): string =>
  cost === 0 || cost >= 0.1 ? `$${cost.toFixed(2)}` : `$${Number(cost.toPrecision(2))}`
