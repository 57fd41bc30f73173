import type { ModelPrice } from "@strudel-agent/contract/run/agent-settings"
import { type ChosenModel, priceOf, type Settings } from "@strudel-agent/model-provider/chosen-model"
import { listModels } from "@strudel-agent/model-provider/list-models"

/** Milliseconds for which a provider's list counts. */
const keptFor = 3_600_000

let kept: { address: string; at: number; prices: Map<string, ModelPrice> } | undefined

/**
 * What a model costs: what a person set, else what the list of OpenRouter tells, which is the only one with prices; null
 * where neither does.
 */
export async function knownPrice(
  settings: Settings,
  chosen: ChosenModel,
  { secrets, signal }: { secrets: readonly string[]; signal: AbortSignal },
): Promise<ModelPrice | null> {
  const set = priceOf(settings, chosen)
  if (set || chosen.provider !== "openrouter") return set
  if (kept?.address !== chosen.address || Date.now() - kept.at > keptFor) {
    const list = await listModels(chosen, { secrets, signal })
    if (!list.ok) return null
    const prices = new Map(list.models.flatMap(({ id, price }) => (price ? [[id, price] as const] : [])))
    kept = { address: chosen.address, at: Date.now(), prices }
  }
  return kept.prices.get(chosen.model) ?? null
}
