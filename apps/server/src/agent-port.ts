import type { AgentPort } from "@strudel-agent/api/agent-port"
import { ApiError } from "@strudel-agent/api/errors"
import {
  chosenModel,
  type Environment,
  providerOf,
  type Settings,
  secretsOf,
  settingsInWords,
} from "@strudel-agent/model-provider/chosen-model"
import { readSavedSettings, SettingsBroken, saveSettings } from "@strudel-agent/model-provider/settings-file"

interface Options {
  /** The data folder, which the agent reads, too. */
  folder: string
  environment: Environment
}

const noProvider = (words: string) => ({ ok: false, failure: { reason: "no-provider", words } }) as const

/** What a broken file says is told to whoever asks; everything else is nobody's to mend. */
async function withReason<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    if (error instanceof SettingsBroken) throw new ApiError("AGENT_SETTINGS_BROKEN", error.message)
    throw error
  }
}

/** The settings of the agent as a data folder has them, and what asks its providers. */
export function createAgentPort({ folder, environment }: Options): AgentPort {
  let asked: Date | null = null
  const read = async (): Promise<Settings> => ({ environment, saved: await withReason(readSavedSettings(folder)) })
  return {
    settings: async () => settingsInWords(await read()),
    save: async (change) => settingsInWords({ environment, saved: await withReason(saveSettings(folder, change)) }),
    async models(provider, signal) {
      const settings = await read()
      const access = providerOf(settings, provider)
      if ("problem" in access) return noProvider(access.problem)
      const { listModels } = await import("@strudel-agent/model-provider/list-models")
      return listModels(access.provider, { secrets: secretsOf(settings), signal })
    },
    async test() {
      const settings = await read()
      const chosen = chosenModel(settings)
      if ("problem" in chosen) return noProvider(chosen.problem)
      const { testModel } = await import("@strudel-agent/model-provider/test-model")
      return testModel(chosen.model, { secrets: secretsOf(settings) })
    },
    noteWorker() {
      asked = new Date()
    },
    lastAsked: () => asked,
  }
}
