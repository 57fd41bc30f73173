import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { createClient } from "@strudel-agent/client/client"
import { expect, it, onTestFinished } from "vitest"
import { temporaryFolder, writeFiles } from "../testing/folder.ts"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer } from "../testing/test-server.ts"

const samples = fileURLToPath(new URL("../../../../samples", import.meta.url))

async function start() {
  const server = await startTestServer()
  onTestFinished(() => server.close())
  return server
}

it("fills an empty library, and leaves one that is not empty as it is", async () => {
  const { url } = await start()
  const client = createClient({ url })
  const first = await runCommand(url, ["load-samples", samples])
  expect(first).toMatchObject({
    code: 0,
    stdout: "Loaded the samples: 4 projects, 30 clips, 4 sessions.\n",
    stderr: "",
  })
  const { items: sessions } = await client.session.list.query({})
  expect(sessions.map(({ name }) => name)).toContain("A kick that breathes")
  expect(await client.session.byId.query({ id: "01a14ad0-5a38-7464-84f7-bd884ed06642" })).toMatchObject({
    projectId: "house",
    itemType: "clip",
    itemId: "kick",
    agentName: "strudel",
    metadata: { tags: ["house", "drums", "sound design"] },
  })
  await client.project.delete.mutate({ id: "acid" })
  expect(await runCommand(url, ["load-samples", samples])).toMatchObject({ code: 0, stdout: "", stderr: "" })
  expect((await client.project.list.query({})).items).toHaveLength(3)
})

it("tells a program what it loaded, and where it loaded nothing", async () => {
  const { url } = await start()
  const load = async () => (await runCommand(url, ["load-samples", samples, "--json"])).json()
  expect(await load()).toEqual({ loaded: true, projects: 4, clips: 30, sessions: 4 })
  expect(await load()).toEqual({ loaded: false })
})

it("says what it would load, and loads nothing", async () => {
  const { url } = await start()
  const dry = (...more: string[]) => runCommand(url, ["load-samples", samples, "--dry-run", ...more])
  expect((await dry()).stdout).toBe("Would load the samples: 4 projects, 30 clips, 4 sessions.\n")
  expect((await dry("--json")).json()).toEqual({ loaded: false, dryRun: true, projects: 4, clips: 30, sessions: 4 })
  const client = createClient({ url })
  expect((await client.clip.list.query({})).items).toEqual([])
  expect((await client.session.list.query({})).items).toEqual([])
})

it.each([
  ["a project", (url: string) => createClient({ url }).project.create.mutate({ id: "mine", name: "Mine" })],
  ["a session", (url: string) => createClient({ url }).session.create.mutate({})],
])("does nothing where there is %s", async (_, make) => {
  const { url } = await start()
  await make(url)
  expect(await runCommand(url, ["load-samples", samples])).toMatchObject({ code: 0, stdout: "" })
  expect((await createClient({ url }).clip.list.query({})).items).toEqual([])
})

it.each([
  ["[{}]", "Session 1 of the index: its file is not within the folder"],
  ['[{"file":"../../secret.jsonl"}]', "its file is not within the folder"],
  ['[{"file":"a.jsonl","item":"tune"}]', "clip:kick"],
  ["{}", "no array"],
  ["[", "no JSON"],
])("says what is wrong with an index of %s, and loads nothing", async (index, words) => {
  const { url } = await start()
  const folder = temporaryFolder()
  writeFiles(folder, { "projects/a/clips/a.js": "a", "sessions/index.json": index })
  expect(await runCommand(url, ["load-samples", folder])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(words),
  })
  expect((await createClient({ url }).project.list.query({})).items).toEqual([])
  expect(await runCommand(url, ["load-samples", join(folder, "nothing")])).toMatchObject({ code: 2 })
})
