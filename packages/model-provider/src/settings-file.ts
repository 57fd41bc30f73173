import { randomUUID } from "node:crypto"
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import {
  type AgentSettingsSave,
  CostLimits,
  ModelProvider,
  PricedModel,
} from "@strudel-agent/contract/run/agent-settings"
import { z } from "zod"

/** What was saved, with its keys: it stays in this file, and in the memory of what asks a model. */
export const SavedSettings = z.object({
  model: z.object({ provider: ModelProvider, model: z.string() }).nullable().default(null),
  keys: z.partialRecord(ModelProvider, z.string()).default({}),
  addresses: z.partialRecord(ModelProvider, z.string()).default({}),
  limits: CostLimits.default({ run: null, day: null }),
  prices: z.array(PricedModel).default([]),
})
export type SavedSettings = z.infer<typeof SavedSettings>

/** The settings could not be read; the words say nothing of what stands in them. */
export class SettingsBroken extends Error {}

const fileName = "agent-settings.json"
/** How a file begins that is being written, and milliseconds after which nobody writes it any more. */
const draft = { begin: `.${fileName}.`, life: 60_000 }

/** Reads what was saved in a data folder; nothing where there is no file. Throws `SettingsBroken`. */
export async function readSavedSettings(folder: string): Promise<SavedSettings> {
  let text: string
  try {
    text = await readFile(join(folder, fileName), "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return SavedSettings.parse({})
    throw new SettingsBroken(`The file ${fileName} in the data folder cannot be read.`)
  }
  const parsed = SavedSettings.safeParse(jsonOf(text))
  // What a parser says of a mistake may quote a key.
  if (!parsed.success)
    throw new SettingsBroken(`The file ${fileName} in the data folder is damaged: delete it or mend it.`)
  return parsed.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Removes drafts with their keys that a process left behind as it was killed. */
async function removeOldDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(draft.begin)) continue
    const path = join(folder, name)
    const written = await stat(path).catch(() => undefined)
    if (written && Date.now() - written.mtimeMs > draft.life) await rm(path, { force: true })
  }
}

/** Writes a file whole or not at all, readable by this user alone. */
async function writeSavedSettings(folder: string, settings: SavedSettings): Promise<void> {
  await mkdir(folder, { recursive: true })
  await removeOldDrafts(folder)
  const path = join(folder, `${draft.begin}${randomUUID()}`)
  try {
    await writeFile(path, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600, flush: true })
    await chmod(path, 0o600)
    await rename(path, join(folder, fileName))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** What is saved after a change. */
export function changedSettings(saved: SavedSettings, change: AgentSettingsSave): SavedSettings {
  const { model = saved.model, limits = saved.limits, key, address, price } = change
  let { keys, addresses, prices } = saved
  if (address) {
    const { provider, address: given } = address
    // A key goes nowhere but where it was given for.
    if ((given ?? undefined) !== addresses[provider]) keys = { ...keys, [provider]: undefined }
    addresses = { ...addresses, [provider]: given ?? undefined }
  }
  if (key) keys = { ...keys, [key.provider]: key.key ?? undefined }
  if (price) {
    const { price: set, ...of } = price
    prices = prices.filter(({ provider, model: name }) => provider !== of.provider || name !== of.model)
    if (set) prices = [...prices, { ...of, price: set }]
  }
  return { model, limits, keys, addresses, prices }
}

const saving = new Map<string, Promise<unknown>>()

/** Changes what is saved in a data folder, one change after the other. */
export function saveSettings(folder: string, change: AgentSettingsSave): Promise<SavedSettings> {
  const save = async () => {
    const changed = changedSettings(await readSavedSettings(folder), change)
    await writeSavedSettings(folder, changed)
    return changed
  }
  const saved = (saving.get(folder) ?? Promise.resolve()).then(save, save)
  saving.set(folder, saved)
  return saved
}
