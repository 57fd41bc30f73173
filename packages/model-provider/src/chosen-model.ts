import {
  type AgentSettings,
  type ModelPrice,
  ModelProvider,
  modelProviders,
  type ProviderAccess,
  type SettingSource,
} from "@strudel-agent/contract/run/agent-settings"
import { modelSettingProblem } from "@strudel-agent/process/settings"
import { providers } from "./providers.ts"
import type { SavedSettings } from "./settings-file.ts"

export type Environment = Readonly<Record<string, string | undefined>>

/** A provider as it is asked. */
export interface Provider {
  provider: ModelProvider
  /** What people call it. */
  name: string
  address: string
  key: string | undefined
}

/** A model as it is asked. */
export interface ChosenModel extends Provider {
  model: string
}

/** What stands in the environment, and what was saved. */
export interface Settings {
  environment: Environment
  saved: SavedSettings
}

interface From<Value> {
  value: Value
  from: SettingSource
}

const first = <Value>(...given: (From<Value | undefined> | undefined)[]): From<Value> | undefined => {
  for (const each of given) if (each?.value !== undefined) return { value: each.value, from: each.from }
  return undefined
}

/** A variable of the environment that is set to something. */
function variable({ environment }: Settings, name: string | undefined): From<string> | undefined {
  const value = name === undefined ? undefined : environment[name]?.trim()
  return value ? { value, from: "environment" } : undefined
}

/** An address as the interfaces are found below it: OLLAMA_HOST may have no scheme and no port, others no path. */
function addressOf(provider: ModelProvider, given: string): string {
  const withScheme = /^https?:\/\//i.test(given) ? given : `http://${given}`
  if (!URL.canParse(withScheme)) return given
  const url = new URL(withScheme)
  if (provider === "ollama" && url.port === "" && !/:\d+(\/|$)/.test(given) && url.protocol === "http:")
    url.port = "11434"
  if (url.pathname === "/") url.pathname = provider === "google" ? "/v1beta" : "/v1"
  return url.href.replace(/\/+$/, "")
}

/** The key of a provider; one that was saved goes to no address that the environment names. */
const keyOf = (
  settings: Settings,
  provider: ModelProvider,
  address: From<string> | undefined,
): From<string> | undefined => {
  const ofEnvironment = variable(settings, providers[provider].keyVariable)
  if (ofEnvironment) return ofEnvironment
  const key = settings.saved.keys[provider]
  return key === undefined || address?.from === "environment" ? undefined : { value: key, from: "saved" }
}

function accessOf(settings: Settings, provider: ModelProvider) {
  const { name, addressVariable, usualAddress, needsKey } = providers[provider]
  const found = first(
    variable(settings, addressVariable),
    { value: settings.saved.addresses[provider], from: "saved" },
    { value: usualAddress, from: "usual" },
  )
  const address = found && { ...found, value: addressOf(provider, found.value) }
  return { name, address, key: keyOf(settings, provider, address), needsKey: needsKey && address?.from === "usual" }
}

/** `provider:model` of STRUDEL_AGENT_MODEL, where no problem of it is known. */
function namedModel(text: string): { provider: ModelProvider; model: string } {
  const colon = text.indexOf(":")
  return {
    provider: ModelProvider.parse(text.slice(0, colon).trim().toLowerCase()),
    model: text.slice(colon + 1).trim(),
  }
}

const howToChoose =
  "Choose a provider and a model in the settings, or set OPENROUTER_API_KEY in the environment and start again."

type Choice = { model: From<{ provider: ModelProvider; model: string }> } | { problem: string }

function choiceOf(settings: Settings): Choice {
  const named = variable(settings, "STRUDEL_AGENT_MODEL")
  if (named) {
    const problem = modelSettingProblem(named.value)
    if (problem) return { problem }
    return { model: { value: namedModel(named.value), from: "environment" } }
  }
  if (settings.saved.model) return { model: { value: settings.saved.model, from: "saved" } }
  const { usualModel } = providers.openrouter
  if (usualModel !== undefined && accessOf(settings, "openrouter").key) {
    return { model: { value: { provider: "openrouter", model: usualModel }, from: "usual" } }
  }
  return { problem: `No model is chosen that could answer. ${howToChoose}` }
}

/** How a provider is asked, or why it cannot be, in words. */
export function providerOf(settings: Settings, provider: ModelProvider): { provider: Provider } | { problem: string } {
  const { name, address, key, needsKey } = accessOf(settings, provider)
  if (!address) return { problem: "The provider needs an address: give it in the settings." }
  if (!URL.canParse(address.value)) {
    return { problem: `The address of ${name} is none: one looks like https://models.example/v1.` }
  }
  if (needsKey && !key) {
    const { keyVariable } = providers[provider]
    return { problem: `${name} needs a key: save one in the settings, or set ${keyVariable}.` }
  }
  return { provider: { provider, name, address: address.value, key: key?.value } }
}

/** The model that answers, or why none can, in words. */
export function chosenModel(settings: Settings): { model: ChosenModel } | { problem: string } {
  const choice = choiceOf(settings)
  if ("problem" in choice) return choice
  const { provider, model } = choice.model.value
  const access = providerOf(settings, provider)
  return "problem" in access ? access : { model: { ...access.provider, model } }
}

/** The price that a person set for a model. */
export const priceOf = (
  { saved }: Settings,
  { provider, model }: Pick<ChosenModel, "provider" | "model">,
): ModelPrice | null => saved.prices.find((each) => each.provider === provider && each.model === model)?.price ?? null

/** Keys that no answer, log or page may tell. */
export const secretsOf = (settings: Settings): string[] =>
  modelProviders
    .flatMap((provider) => [
      variable(settings, providers[provider].keyVariable)?.value ?? [],
      settings.saved.keys[provider] ?? [],
    ])
    .flat()

/** What may be told of the settings: everything but the keys. */
export function settingsInWords(settings: Settings): AgentSettings {
  const choice = choiceOf(settings)
  const model = "model" in choice ? choice.model : null
  const chosen = chosenModel(settings)
  const accesses = modelProviders.map((provider): ProviderAccess => {
    const { name, address, key, needsKey } = accessOf(settings, provider)
    return {
      ...{ provider, name, needsKey, hasKey: key !== undefined, keyFrom: key?.from ?? null },
      ...{ address: address ? withoutUser(address.value) : null, addressFrom: address?.from ?? null },
    }
  })
  return {
    provider: model?.value.provider ?? null,
    model: model?.value.model ?? null,
    modelFrom: model?.from ?? null,
    problem: "problem" in chosen ? chosen.problem : null,
    providers: accesses,
    limits: settings.saved.limits,
    prices: settings.saved.prices,
  }
}

/** An address without a name and a password in it, which are secrets, too. */
function withoutUser(address: string): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  url.username = ""
  url.password = ""
  return url.href.replace(/\/+$/, "")
}
