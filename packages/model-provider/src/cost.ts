import type { RunUsage } from "@strudel-agent/contract/run"
import type { ModelPrice } from "@strudel-agent/contract/run/agent-settings"

const million = 1_000_000
/** Tokens and US dollars that can be stored. */
const most = { tokens: 2_147_483_647, cost: 1_000_000 }

const tokens = (count: number): number => (count > 0 ? Math.min(Math.round(count), most.tokens) : 0)

/** A use as it can be stored, whatever a provider counts. */
export const storableUsage = ({ inputTokens, cachedTokens, outputTokens }: RunUsage): RunUsage => ({
  inputTokens: tokens(inputTokens),
  cachedTokens: tokens(cachedTokens),
  outputTokens: tokens(outputTokens),
})

/** US dollars as they can be stored. */
export const storableCost = (cost: number): number => (cost > 0 ? Math.min(cost, most.cost) : 0)

/** US dollars that tokens cost. */
export function costOf(
  { inputTokens, cachedTokens, outputTokens }: RunUsage,
  { input, cachedInput, output }: ModelPrice,
): number {
  const cached = Math.min(cachedTokens, inputTokens)
  return ((inputTokens - cached) * input + cached * (cachedInput ?? input) + outputTokens * output) / million
}

/** The tokens of two uses together. */
export const addedUsage = (one: RunUsage, other: RunUsage): RunUsage =>
  storableUsage({
    inputTokens: one.inputTokens + other.inputTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    outputTokens: one.outputTokens + other.outputTokens,
  })

export const noUsage: RunUsage = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 }
