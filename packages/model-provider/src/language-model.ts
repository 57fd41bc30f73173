import type { LanguageModelV3 } from "@ai-sdk/provider"
import type {} from "ai"
import type { ChosenModel } from "./chosen-model.ts"
import { guardedFetch } from "./guarded-fetch.ts"

// What the SDK has to say of a question would be printed beside the log.
globalThis.AI_SDK_LOG_WARNINGS = false

/** The model of the AI SDK that asks a provider; what it is made of is loaded when it is wanted. */
export async function languageModel({ provider, address, key, model }: ChosenModel): Promise<LanguageModelV3> {
  const settings = { baseURL: address, fetch: guardedFetch, ...(key === undefined ? {} : { apiKey: key }) }
  // Without a key these two ask nobody; a proxy at the address may have one.
  const keyed = { ...settings, apiKey: key ?? "" }
  if (provider === "anthropic") {
    const { createAnthropic } = await import("@ai-sdk/anthropic")
    return createAnthropic(keyed)(model)
  }
  if (provider === "google") {
    const { createGoogleGenerativeAI } = await import("@ai-sdk/google")
    return createGoogleGenerativeAI(keyed)(model)
  }
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible")
  return createOpenAICompatible({ ...settings, name: provider, includeUsage: true })(model)
}
