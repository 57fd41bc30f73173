import { z } from "zod"
import { limits } from "../limits.ts"
import { RunFailure } from "../run.ts"
import { nameText, Timestamp, wholeNumber } from "../text.ts"

/** Whose models can be asked; "compatible" is whatever speaks OpenAI's interface at an address. */
export const modelProviders = ["openrouter", "openai", "anthropic", "google", "ollama", "compatible"] as const
export const ModelProvider = z.enum(modelProviders)
export type ModelProvider = z.infer<typeof ModelProvider>

/** US dollars. */
const Dollars = z.number().min(0, "at least 0").max(1_000_000, "at most 1,000,000")

/** US dollars for a million tokens. */
export const ModelPrice = z.object({
  input: Dollars,
  /** Of input that the provider had kept; as other input where it is null. */
  cachedInput: Dollars.nullable(),
  output: Dollars,
})
export type ModelPrice = z.infer<typeof ModelPrice>

const Model = nameText(limits.run.model)
export const PricedModel = z.object({ provider: ModelProvider, model: Model, price: ModelPrice })
export type PricedModel = z.infer<typeof PricedModel>

/** What runs may cost; null is no limit. */
export const CostLimits = z.object({ run: Dollars.nullable(), day: Dollars.nullable() })
export type CostLimits = z.infer<typeof CostLimits>

/** Where a setting comes from: the environment wins over what was saved, and that over what is usual. */
export const SettingSource = z.enum(["environment", "saved", "usual"])
export type SettingSource = z.infer<typeof SettingSource>

/** How a provider is reached. Its key is told to nobody. */
export const ProviderAccess = z.object({
  provider: ModelProvider,
  name: z.string(),
  needsKey: z.boolean(),
  hasKey: z.boolean(),
  keyFrom: SettingSource.nullable(),
  address: z.string().nullable(),
  addressFrom: SettingSource.nullable(),
})
export type ProviderAccess = z.infer<typeof ProviderAccess>

export const AgentSettings = z.object({
  provider: ModelProvider.nullable(),
  model: z.string().nullable(),
  modelFrom: SettingSource.nullable(),
  /** Why no model can be asked, in words; null where one can. */
  problem: z.string().nullable(),
  providers: z.array(ProviderAccess),
  limits: CostLimits,
  /** Prices that a person set. */
  prices: z.array(PricedModel),
})
export type AgentSettings = z.infer<typeof AgentSettings>

/** Printable characters without spaces, as keys have them: what else there is was copied by mistake. */
const Key = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(500, "at most 500 characters")
  .regex(/^[!-~]+$/, "must be printable characters without spaces")
const Address = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .max(500, "at most 500 characters")

/** What is given changes, the rest stays as it is. */
export const AgentSettingsSave = z.object({
  /** Null leaves the choice to what is usual. */
  model: z.object({ provider: ModelProvider, model: Model }).nullable().optional(),
  /** Null takes it away. */
  key: z.object({ provider: ModelProvider, key: Key.nullable() }).optional(),
  /** Where Ollama or a compatible provider is reached; another one takes the key away that was given for the former. */
  address: z.object({ provider: z.enum(["ollama", "compatible"]), address: Address.nullable() }).optional(),
  limits: CostLimits.optional(),
  /** A price of null takes it away. */
  price: PricedModel.extend({ price: ModelPrice.nullable() }).optional(),
})
export type AgentSettingsSave = z.infer<typeof AgentSettingsSave>

export const AgentModelList = z.object({ provider: ModelProvider })

export const ListedModel = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** Tokens that it can be given. */
  contextTokens: z.number().nullable(),
  price: ModelPrice.nullable(),
})
export type ListedModel = z.infer<typeof ListedModel>

/** The models of a provider in its order, or why they cannot be told. */
export const AgentModels = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), models: z.array(ListedModel) }),
  z.object({ ok: z.literal(false), failure: RunFailure }),
])
export type AgentModels = z.infer<typeof AgentModels>

/** What a model answered to a question of one word, or why it did not. */
export const AgentTested = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    provider: ModelProvider,
    model: z.string(),
    answer: z.string(),
    milliseconds: wholeNumber(0),
  }),
  z.object({ ok: z.literal(false), failure: RunFailure }),
])
export type AgentTested = z.infer<typeof AgentTested>

/** Whether a message can be answered. */
export const AgentStatus = z.object({
  provider: ModelProvider.nullable(),
  model: z.string().nullable(),
  problem: z.string().nullable(),
  /** Whether a process that answers asked this server for work within the last ten seconds, and when it last did. */
  isWorking: z.boolean(),
  lastAsked: Timestamp.nullable(),
})
export type AgentStatus = z.infer<typeof AgentStatus>
