import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, expect, it } from "vitest"
import { temporaryFolder } from "../testing/folder.ts"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"
import { mcpClientIds } from "../things/mcp-client-ids.ts"
import { mcpClients } from "../things/mcp-clients.ts"

let server: TestServer
const run = (...argv: string[]) => runCommand(server.url, argv)
beforeAll(async () => {
  server = await startTestServer()
  const client = createClient({ url: server.url })
  await client.clip.create.mutate({ projectId: "house", id: "kick", name: "Kick", code: 's("bd*4")' })
})
afterAll(() => server.close())

it("tells what the language has, by name and by purpose, and the nearest of an invented name", async () => {
  const jux = await run("reference", "jux")
  expect(jux).toMatchObject({ code: 0, stdout: expect.stringMatching(/^jux \(function/) })
  expect((await run("reference", "stutter")).stdout).toContain("ply")
  const invented = await run("reference", "fasst")
  expect(invented.stderr).toMatch(/Nearest names: .*fast/)
  const drums = await run("reference", "--kind", "bank", "--json", "--limit", "3")
  expect(drums.json()).toMatchObject({ items: [{ kind: "bank" }, { kind: "bank" }, { kind: "bank" }] })
  expect(await run("reference", "qqqqqqqqqq")).toMatchObject({ code: 3, stdout: "" })
})

it("prints where the page shows a thing that is there", async () => {
  expect((await run("open", "clip", "kick")).stdout).toBe(`${server.url}/projects/house/clips/kick\n`)
  expect((await run("open", "project", "house", "--json")).json()).toEqual({ url: `${server.url}/projects/house` })
  expect((await run("open")).stdout).toBe(`${server.url}/\n`)
  expect((await run("open", "clip", "kick", "--browser")).stderr).toContain("off a terminal")
  expect(await run("open", "clip", "house/none")).toMatchObject({ code: 3 })
  expect(await run("open", "clip")).toMatchObject({ code: 2 })
  expect(await run("open", "drum", "kick")).toMatchObject({ code: 2 })
})

it("prints settings for every client that it knows, without the token unless asked", async () => {
  const env = { STRUDEL_TOKEN: "a-token-of-sixteen-letters" }
  const all = await runCommand(server.url, ["mcp"], { env })
  for (const id of mcpClientIds) {
    expect(all.stdout).toContain(mcpClients[id].name)
    const one = await runCommand(server.url, ["mcp", id], { env })
    expect(one).toMatchObject({ code: 0, stdout: expect.stringContaining(server.url) })
    if (id !== "claude-code") expect(JSON.parse(one.stdout)).toEqual(expect.any(Object))
  }
  const desktop = JSON.parse((await runCommand(server.url, ["mcp", "claude-desktop"], { env })).stdout)
  const { command, args } = desktop.mcpServers.strudel
  expect([command, ...args].slice(-3)).toEqual(["run", "-s", "mcp"])
  expect(JSON.parse(readFileSync(join(args[1], "package.json"), "utf8")).scripts).toHaveProperty("mcp")
  expect(all.stdout).not.toContain(env.STRUDEL_TOKEN)
  expect((await runCommand(server.url, ["mcp", "zed", "--show-token"], { env })).stdout).toContain(env.STRUDEL_TOKEN)
  expect(await run("mcp", "notepad")).toMatchObject({ code: 2 })
})

it("answers every command in JSON where it is asked to", async () => {
  const { commands } = JSON.parse((await run("man", "--json")).stdout)
  const without = commands.filter(
    ({ options }: { options: { flags: string }[] }) => !options.some(({ flags }) => flags === "--json"),
  )
  expect(without.map(({ command }: { command: string }) => command)).toEqual([])
  expect((await run("completion", "bash", "--json")).json()).toEqual({
    shell: "bash",
    script: (await run("completion", "bash")).stdout,
  })
})

it("completes commands and options in bash", async () => {
  const script = join(temporaryFolder(), "completion.bash")
  writeFileSync(script, (await run("completion", "bash")).stdout)
  const complete = (...words: string[]) =>
    execFileSync("bash", [
      "-c",
      `source ${script}; COMP_WORDS=(strudel-agent ${words.map((word) => `'${word}'`).join(" ")}); ` +
        `COMP_CWORD=${words.length}; _strudel_agent; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ])
      .toString()
      .split("\n")
  expect(complete("cl")).toContain("clips")
  expect(complete("clips", "hi")).toContain("history")
  expect(complete("clips", "edit", "--ex")).toContain("--expect")
  expect(complete("search", "words", "--ki")).toContain("--kind")
})

it("completes in zsh and fish, and has a manual page, all with every command", async () => {
  for (const argv of [["completion", "zsh"], ["completion", "fish"], ["man"]]) {
    const { stdout, code } = await run(...argv)
    expect(code).toBe(0)
    for (const word of ["import-session", "history", "untag", "overwrite", "reference"]) {
      expect(stdout.replaceAll("\\-", "-")).toContain(word)
    }
  }
  expect((await run("man")).stdout).toMatch(/^\.TH STRUDEL-AGENT 1/)
})

it("tells a program of every command with its arguments and options", async () => {
  const restore = {
    command: "clips restore",
    description: "make a former version the next one",
    arguments: [
      { name: "clip", description: expect.any(String), required: true, several: false },
      { name: "version", description: "the version's number", required: true, several: false },
    ],
    options: [{ flags: "--json", description: expect.any(String) }],
  }
  expect((await run("man", "--json")).json()).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    commands: expect.arrayContaining([restore]),
  })
})
