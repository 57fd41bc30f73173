/** Where the product listens and keeps its files unless it is told otherwise. */
export const usualSettings = { host: "127.0.0.1", port: 3000, dataDir: ".data" }

/** How many characters a token has at least. */
export const shortestToken = 16

/** The values of a setting that is switched on or off. */
export const flagValues = ["true", "false", "1", "0", ""] as const

/** Whether the value of such a setting switches it on. */
export const isOn = (value: string | undefined): boolean => value === "true" || value === "1"

/** What is said where strangers would reach a server without a token. */
export const openHostWords = (host: string): string =>
  `HOST is ${host}: others than this machine reach the server there, and without a token all of them may read and ` +
  "write everything. Start it with STRUDEL_TOKEN=… npm start (16 characters or more), or, where something else " +
  "keeps them out, with STRUDEL_ALLOW_NO_TOKEN=true."

/** Characters of a model's name at most. */
const longestModel = 200

/** The providers whose models can be named: those of the contract, which what starts the product does not load. */
export const providerIds = ["openrouter", "openai", "anthropic", "google", "ollama", "compatible"] as const

/** Why a text names no model as STRUDEL_AGENT_MODEL does; undefined where it may name one. */
export function modelSettingProblem(text: string): string | undefined {
  const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text
  const [, provider = "", name] = /^\s*([a-z]+)\s*:\s*(\S.*?)\s*$/i.exec(text) ?? []
  const known = `Providers are ${providerIds.join(", ")}.`
  if (name === undefined) return `STRUDEL_AGENT_MODEL is "${shown}", but a model is named as openai:name. ${known}`
  const id = provider.toLowerCase()
  if (!providerIds.some((each) => each === id)) {
    return `STRUDEL_AGENT_MODEL is "${shown}", but no provider is called ${id.slice(0, 100)}. ${known}`
  }
  if (name.length <= longestModel) return undefined
  return `STRUDEL_AGENT_MODEL names a model by ${name.length} characters, but a name has at most ${longestModel}.`
}
