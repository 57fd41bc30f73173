import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { modelProviders } from "@strudel-agent/contract/run/agent-settings"
import { providerIds } from "@strudel-agent/process/settings"
import { afterEach, beforeEach, expect, test } from "vitest"
import { chosenModel, providerOf, secretsOf, settingsInWords } from "./chosen-model.ts"
import { readSavedSettings, SavedSettings, SettingsBroken, saveSettings } from "./settings-file.ts"

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "strudel-settings-"))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const none = SavedSettings.parse({})
const file = () => join(folder, "agent-settings.json")

test("what is saved is read again, from a file that this user alone reads", async () => {
  await saveSettings(folder, { key: { provider: "anthropic", key: "sk-ant-1" } })
  await saveSettings(folder, { model: { provider: "anthropic", model: "some-model" }, limits: { run: 1, day: null } })
  expect(await readSavedSettings(folder)).toMatchObject({
    ...{ keys: { anthropic: "sk-ant-1" }, model: { provider: "anthropic", model: "some-model" } },
    limits: { run: 1, day: null },
  })
  expect((await stat(file())).mode & 0o777).toBe(0o600)
})

test("saves at once are all kept", async () => {
  const providers = ["openrouter", "openai", "anthropic", "google"] as const
  await Promise.all(providers.map((provider) => saveSettings(folder, { key: { provider, key: `key-${provider}` } })))
  expect(Object.keys((await readSavedSettings(folder)).keys).toSorted()).toEqual([...providers].toSorted())
})

test("drafts that a killed process left are removed with the next save", async () => {
  const left = join(folder, ".agent-settings.json.of-before")
  await writeFile(left, '{"keys": {"openai": "sk-secret"}}')
  await utimes(left, new Date(0), new Date(0))
  await saveSettings(folder, { limits: { run: 1, day: null } })
  expect(await readdir(folder)).toEqual(["agent-settings.json"])
})

test("a broken file is told of without what stands in it", async () => {
  await writeFile(file(), '{"keys": {"openai": "sk-secret')
  const failure = await readSavedSettings(folder).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(SettingsBroken)
  expect(String(failure)).not.toContain("sk-secret")
  await expect(saveSettings(folder, { limits: { run: 1, day: 1 } })).rejects.toThrow(SettingsBroken)
  expect(await readFile(file(), "utf8")).toContain("sk-secret")
})

test("another address takes the key away that was given for the former one", async () => {
  const at = (address: string) => ({ provider: "compatible", address }) as const
  await saveSettings(folder, { address: at("https://one.example/v1"), key: { provider: "compatible", key: "for-one" } })
  expect((await saveSettings(folder, { address: at("https://one.example/v1") })).keys.compatible).toBe("for-one")
  expect((await saveSettings(folder, { address: at("https://two.example/v1") })).keys.compatible).toBeUndefined()
})

test("the environment wins over what was saved", () => {
  const saved = SavedSettings.parse({ model: { provider: "anthropic", model: "a" }, keys: { anthropic: "saved" } })
  expect(chosenModel({ environment: {}, saved })).toMatchObject({ model: { provider: "anthropic", key: "saved" } })
  const environment = { STRUDEL_AGENT_MODEL: "openai:gpt:x", OPENAI_API_KEY: "of-environment", ANTHROPIC_API_KEY: "b" }
  expect(chosenModel({ environment, saved })).toEqual({
    model: {
      ...{ provider: "openai", name: "OpenAI", model: "gpt:x", key: "of-environment" },
      address: "https://api.openai.com/v1",
    },
  })
  expect(secretsOf({ environment, saved })).toEqual(["of-environment", "b", "saved"])
})

test("a key of OpenRouter is enough, and nothing at all says what to do", () => {
  expect(chosenModel({ environment: { OPENROUTER_API_KEY: "k" }, saved: none })).toMatchObject({
    model: { provider: "openrouter", model: "openrouter/auto", address: "https://openrouter.ai/api/v1" },
  })
  expect(chosenModel({ environment: {}, saved: none })).toEqual({ problem: expect.stringContaining("settings") })
  expect(chosenModel({ environment: { STRUDEL_AGENT_MODEL: "gpt" }, saved: none })).toEqual({
    problem: expect.stringContaining("openai:name"),
  })
  expect(chosenModel({ environment: { STRUDEL_AGENT_MODEL: "openai:x" }, saved: none })).toEqual({
    problem: expect.stringContaining("OPENAI_API_KEY"),
  })
})

test("the providers that are checked at the start are those of the contract", () => {
  expect(providerIds).toEqual(modelProviders)
})

test("a model of the environment that can be none is told, and its name not in full", () => {
  const problemOf = (STRUDEL_AGENT_MODEL: string) => {
    const { problem, model } = settingsInWords({ environment: { STRUDEL_AGENT_MODEL }, saved: none })
    expect(model).toBeNull()
    return problem
  }
  expect(problemOf("gpt")).toContain('STRUDEL_AGENT_MODEL is "gpt"')
  expect(problemOf("nobody:gpt")).toContain("no provider is called nobody. Providers are openrouter, openai")
  expect(problemOf(`openai:${"x".repeat(300)}`)).toContain("300 characters, but a name has at most 200")
  expect(problemOf("x".repeat(5000))?.length).toBeLessThan(300)
})

test.each([
  ["ANTHROPIC_BASE_URL", "anthropic", "https://proxy.example", "https://proxy.example/v1"],
  ["ANTHROPIC_BASE_URL", "anthropic", "https://proxy.example/claude/", "https://proxy.example/claude"],
  ["GOOGLE_GENERATIVE_AI_BASE_URL", "google", "https://proxy.example/", "https://proxy.example/v1beta"],
  ["GOOGLE_GENERATIVE_AI_BASE_URL", "google", "https://proxy.example/v2", "https://proxy.example/v2"],
] as const)("%s has %s asked at %s", (name, provider, given, address) => {
  expect(providerOf({ environment: { [name]: given }, saved: none }, provider)).toMatchObject({ provider: { address } })
})

test.each([
  ["box", "http://box:11434/v1"],
  ["127.0.0.1:9999", "http://127.0.0.1:9999/v1"],
  ["http://box:80/", "http://box/v1"],
  ["https://ollama.example", "https://ollama.example/v1"],
])("OLLAMA_HOST=%s is asked at %s", (host, address) => {
  expect(providerOf({ environment: { OLLAMA_HOST: host }, saved: none }, "ollama")).toMatchObject({
    provider: { address },
  })
})

test("a saved key goes to no address of the environment", () => {
  const saved = SavedSettings.parse({ keys: { openai: "saved" } })
  const environment = { OPENAI_BASE_URL: "https://elsewhere.example/v1" }
  expect(providerOf({ environment, saved }, "openai")).toMatchObject({ provider: { key: undefined } })
})

test("what is told of the settings has no key, and no password of an address", () => {
  const saved = SavedSettings.parse({
    keys: { openai: "sk-saved-key" },
    addresses: { compatible: "https://me:pass@x.example/v1" },
  })
  const told = settingsInWords({ environment: { ANTHROPIC_API_KEY: "sk-ant-env" }, saved })
  expect(JSON.stringify(told)).not.toMatch(/sk-|pass/)
  expect(told.providers.find(({ provider }) => provider === "openai")).toMatchObject({ hasKey: true, keyFrom: "saved" })
  expect(told.providers.find(({ provider }) => provider === "anthropic")).toMatchObject({ keyFrom: "environment" })
})
