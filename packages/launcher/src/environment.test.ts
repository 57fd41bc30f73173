import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { expect, test } from "vitest"
import { readSettings, refuseModel, testEnvironment, toolEnvironment } from "./environment.ts"
import { root } from "./project.ts"
import { serviceMemory } from "./services/service-memory.ts"

test("without settings the product listens on this machine and keeps its files in the project", () => {
  const usual = { host: "127.0.0.1", port: 3000, dataDir: join(root, ".data"), usesEmbedded: true }
  expect(readSettings({})).toEqual(usual)
  expect(readSettings({ HOST: "", PORT: "", STRUDEL_DATA_DIR: "", DATABASE_URL: "" })).toEqual(usual)
})

test("settings are read, and a relative data folder lies in the project", () => {
  const env = { HOST: "0.0.0.0", PORT: "0", STRUDEL_DATA_DIR: "other", DATABASE_URL: "postgresql://localhost/a" }
  const expected = { host: "0.0.0.0", port: 0, dataDir: join(root, "other"), usesEmbedded: false }
  expect(readSettings(env)).toEqual(expected)
})

test("a wrong port is refused by the variable's name", () => {
  for (const PORT of ["abc", "-1", "65536", "1.5"]) {
    expect(() => readSettings({ PORT })).toThrow(new RegExp(`^PORT is "${PORT}", but`))
  }
})

test("a model that is named as none can be is refused by the variable's name", () => {
  for (const STRUDEL_AGENT_MODEL of [undefined, "", "openai:gpt:x", " ollama: a/b "])
    refuseModel({ STRUDEL_AGENT_MODEL })
  expect(() => refuseModel({ STRUDEL_AGENT_MODEL: "zzz:gpt-5" })).toThrow("no provider is called zzz. Providers are")
  for (const STRUDEL_AGENT_MODEL of ["gpt", "openai:", "openai: ", ":x", "open ai:x", "openai:a\nb"]) {
    expect(() => refuseModel({ STRUDEL_AGENT_MODEL })).toThrow(/^STRUDEL_AGENT_MODEL is ".*", but/s)
  }
  const long = `openai:${"x".repeat(201)}`
  expect(() => refuseModel({ STRUDEL_AGENT_MODEL: long })).toThrow("by 201 characters, but a name has at most 200")
})

test("tools find the Node that runs this, report nothing home and install development dependencies", () => {
  const env = toolEnvironment({ PATH: "/elsewhere", NODE_ENV: "production" })
  expect(env.PATH).toBe(`${dirname(process.execPath)}${delimiter}/elsewhere`)
  expect("NODE_ENV" in env).toBe(false)
  expect(env.NEXT_TELEMETRY_DISABLED).toBe("1")
  expect(env.TURBO_TELEMETRY_DISABLED).toBe("1")
})

test("caches go into the project where the home folder is missing, and stay in it where it can be written", () => {
  const home = mkdtempSync(join(tmpdir(), "strudel-home-"))
  expect("npm_config_cache" in toolEnvironment({}, home)).toBe(false)
  rmSync(home, { recursive: true })
  for (const missing of [home, ""]) {
    const { npm_config_cache: cache, XDG_DATA_HOME: data } = toolEnvironment({}, missing)
    for (const folder of [cache, data]) expect(folder).toContain(join(root, "node_modules"))
  }
})

test("tests see no setting of the product but those made for them", () => {
  const env = testEnvironment({
    HOST: "0.0.0.0",
    PORT: "1",
    DATABASE_URL: "postgresql://localhost/precious",
    DB_ECHO: "true",
    LOG_LEVEL: "trace",
    STRUDEL_TOKEN: "secret",
    STRUDEL_TEST_POSTGRES: "15",
    TEST_DATABASE_URL: "postgresql://localhost/tests",
    HOSTNAME: "machine",
  })
  const names = Object.keys(env).filter((name) => /HOST|PORT|DATABASE|DB_|LOG_LEVEL|STRUDEL/.test(name))
  expect(names.sort()).toEqual(["HOSTNAME", "STRUDEL_TEST_POSTGRES", "TEST_DATABASE_URL"])
})

test("services in containers are kept as small as those of a start", () => {
  const { flags, environment } = serviceMemory
  const lines = readFileSync(join(root, "Dockerfile"), "utf8").split("\n")
  const services = lines.filter((line) => line.startsWith('CMD ["node",'))
  expect(services.map((line) => line.match(/"--max[^"]*"/g)?.map((flag) => JSON.parse(flag)))).toEqual([
    flags.server,
    flags.web,
    flags.agent,
  ])
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
  expect(lines.filter((line) => line === `ENV ${settings.join(" ")}`).length).toBe(services.length)
})
