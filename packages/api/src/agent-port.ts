import type {
  AgentModels,
  AgentSettings,
  AgentSettingsSave,
  AgentTested,
  ModelProvider,
} from "@strudel-agent/contract/run/agent-settings"

/** What a server knows of the agent: its settings, and whether a process answers. Whoever makes a context gives it. */
export interface AgentPort {
  settings(): Promise<AgentSettings>
  save(change: AgentSettingsSave): Promise<AgentSettings>
  models(provider: ModelProvider, signal: AbortSignal | undefined): Promise<AgentModels>
  /** Asks the model that is chosen for one word. */
  test(): Promise<AgentTested>
  /** Hears that a process asked for work. */
  noteWorker(): void
  /** When one last did. */
  lastAsked(): Date | null
}
