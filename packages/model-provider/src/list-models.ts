import { APICallError } from "@ai-sdk/provider"
import type { AgentModels, ListedModel, ModelPrice } from "@strudel-agent/contract/run/agent-settings"
import { z } from "zod"
import type { Provider } from "./chosen-model.ts"
import { ProviderSilent, problemOf } from "./failure.ts"
import { guardedFetch } from "./guarded-fetch.ts"

/** Milliseconds for a list, and models that are told. */
const most = { milliseconds: 10_000, models: 2000 }

/** US dollars for a token, as a text; what is none, or below zero where it depends, is not known. */
const PerToken = z.string().transform((text) => {
  const dollars = Number(text)
  return text.trim() !== "" && dollars >= 0 ? Math.round(dollars * 1e12) / 1e6 : null
})
const Pricing = z.object({ prompt: PerToken, completion: PerToken, input_cache_read: PerToken.nullish() })

const OpenAiModels = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string().nullish().catch(null),
      context_length: z.number().nullish().catch(null),
      pricing: Pricing.nullish().catch(null),
    }),
  ),
})
const AnthropicModels = z.object({
  data: z.array(z.object({ id: z.string().min(1), display_name: z.string().nullish() })),
})
const GoogleModels = z.object({
  models: z.array(
    z.object({
      name: z.string().min(1),
      displayName: z.string().nullish(),
      inputTokenLimit: z.number().nullish(),
      supportedGenerationMethods: z.array(z.string()).default(["generateContent"]),
    }),
  ),
})

function priceOf(pricing: z.infer<typeof Pricing> | null | undefined): ModelPrice | null {
  if (pricing?.prompt == null || pricing.completion === null) return null
  return { input: pricing.prompt, cachedInput: pricing.input_cache_read ?? null, output: pricing.completion }
}

const modelsOf = {
  openai: (answer: unknown): ListedModel[] =>
    OpenAiModels.parse(answer).data.map(({ id, name, context_length, pricing }) => ({
      ...{ id, name: name ?? null, contextTokens: context_length ?? null, price: priceOf(pricing) },
    })),
  anthropic: (answer: unknown): ListedModel[] =>
    AnthropicModels.parse(answer).data.map(({ id, display_name: name }) => ({
      ...{ id, name: name ?? null, contextTokens: null, price: null },
    })),
  google: (answer: unknown): ListedModel[] =>
    GoogleModels.parse(answer).models.flatMap(
      ({ name: path, displayName, inputTokenLimit, supportedGenerationMethods }) =>
        supportedGenerationMethods.includes("generateContent")
          ? [
              {
                id: path.replace(/^models\//, ""),
                name: displayName ?? null,
                contextTokens: inputTokenLimit ?? null,
                price: null,
              },
            ]
          : [],
    ),
}

function questionOf({ provider, address, key = "" }: Provider) {
  if (provider === "anthropic") {
    const headers = { "x-api-key": key, "anthropic-version": "2023-06-01" }
    return { url: `${address}/models?limit=1000`, headers, read: modelsOf.anthropic }
  }
  if (provider === "google") {
    return { url: `${address}/models?pageSize=1000`, headers: { "x-goog-api-key": key }, read: modelsOf.google }
  }
  return { url: `${address}/models`, headers: key ? { authorization: `Bearer ${key}` } : {}, read: modelsOf.openai }
}

/** The models of a provider, as its own list tells them, with prices where it tells them, too. */
export async function listModels(
  provider: Provider,
  { secrets, signal }: { secrets: readonly string[]; signal?: AbortSignal | undefined },
): Promise<AgentModels> {
  const { url, headers, read } = questionOf(provider)
  const timeout = AbortSignal.timeout(most.milliseconds)
  try {
    const response = await guardedFetch(url, { headers, signal: signal ? AbortSignal.any([signal, timeout]) : timeout })
    const body = await response.text()
    if (!response.ok) {
      throw new APICallError({
        ...{ message: response.statusText, url: provider.address, requestBodyValues: {}, statusCode: response.status },
        ...{ responseHeaders: Object.fromEntries(response.headers), responseBody: body.slice(0, 10_000) },
      })
    }
    return { ok: true, models: read(JSON.parse(body)).slice(0, most.models) }
  } catch (error) {
    const met = timeout.aborted ? new ProviderSilent(most.milliseconds / 1000) : error
    return { ok: false, failure: problemOf(met, { name: provider.name, secrets }).failure }
  }
}
