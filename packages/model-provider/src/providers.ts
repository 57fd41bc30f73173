import type { ModelProvider } from "@strudel-agent/contract/run/agent-settings"

interface ProviderFacts {
  name: string
  /** The variable of the environment that has its key, and the one that has its address. */
  keyVariable?: string
  addressVariable?: string
  usualAddress?: string
  /** Whether its usual address answers nobody without a key. */
  needsKey: boolean
  /** The model that is asked where none was chosen. */
  usualModel?: string
}

/** What is known of each provider. */
export const providers: Record<ModelProvider, ProviderFacts> = {
  openrouter: {
    name: "OpenRouter",
    keyVariable: "OPENROUTER_API_KEY",
    addressVariable: "OPENROUTER_BASE_URL",
    usualAddress: "https://openrouter.ai/api/v1",
    needsKey: true,
    usualModel: "openrouter/auto",
  },
  openai: {
    name: "OpenAI",
    keyVariable: "OPENAI_API_KEY",
    addressVariable: "OPENAI_BASE_URL",
    usualAddress: "https://api.openai.com/v1",
    needsKey: true,
  },
  anthropic: {
    name: "Anthropic",
    keyVariable: "ANTHROPIC_API_KEY",
    addressVariable: "ANTHROPIC_BASE_URL",
    usualAddress: "https://api.anthropic.com/v1",
    needsKey: true,
  },
  google: {
    name: "Google",
    keyVariable: "GOOGLE_GENERATIVE_AI_API_KEY",
    addressVariable: "GOOGLE_GENERATIVE_AI_BASE_URL",
    usualAddress: "https://generativelanguage.googleapis.com/v1beta",
    needsKey: true,
  },
  ollama: {
    name: "Ollama",
    addressVariable: "OLLAMA_HOST",
    usualAddress: "http://127.0.0.1:11434/v1",
    needsKey: false,
  },
  compatible: { name: "The provider", needsKey: false },
}
