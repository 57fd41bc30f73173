import type { ModelPrice } from "@strudel-agent/contract/agent-settings"
import type { RunUsage } from "@strudel-agent/contract/run"

const million = 1_000_000

/** US dollars that tokens cost. */
export function costOf(
  { inputTokens, cachedTokens, outputTokens }: RunUsage,
  { input, cachedInput, output }: ModelPrice,
): number {
  const cached = Math.min(cachedTokens, inputTokens)
  return ((inputTokens - cached) * input + cached * (cachedInput ?? input) + outputTokens * output) / million
}

/** The tokens of two uses together. */
export const addedUsage = (one: RunUsage, other: RunUsage): RunUsage => ({
  inputTokens: one.inputTokens + other.inputTokens,
  cachedTokens: one.cachedTokens + other.cachedTokens,
  outputTokens: one.outputTokens + other.outputTokens,
})

export const noUsage: RunUsage = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 }
