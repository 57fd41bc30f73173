import { resolve } from "node:path"
import { modelSettingProblem, usualSettings } from "@strudel-agent/process/settings"

export interface Env {
  /** The server's address, without a path. */
  url: string
  token: string | undefined
  /** Where the settings of the page are saved. */
  dataDir: string
  logLevel: string
  /** Why the variable of the model names none; undefined where it is not set, or has the shape of one. */
  modelProblem: string | undefined
}

const usualUrl = `http://${usualSettings.host}:${usualSettings.port}`

/** Reads the settings; throws an error that names what is wrong. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = source.STRUDEL_URL || usualUrl
  const url = given.trim().replace(/\/+$/, "")
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new Error(`STRUDEL_URL is "${given}", but an address looks like ${usualUrl}.`)
  }
  return {
    url,
    token: source.STRUDEL_TOKEN || undefined,
    dataDir: resolve(source.STRUDEL_DATA_DIR || usualSettings.dataDir),
    logLevel: source.LOG_LEVEL || "info",
    modelProblem: source.STRUDEL_AGENT_MODEL?.trim() ? modelSettingProblem(source.STRUDEL_AGENT_MODEL) : undefined,
  }
}
