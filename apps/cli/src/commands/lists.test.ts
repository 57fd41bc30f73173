import { createClient } from "@strudel-agent/client/client"
import { storeAudio } from "@strudel-agent/database/queries/clip/audio"
import { afterAll, beforeAll, expect, it } from "vitest"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
const kick = { name: "Kick", code: 's("bd*4")', metadata: { bpm: 124, tags: ["drums", "house"] } }
const sessionId = "00000000-0000-4000-8000-000000000001"
beforeAll(async () => {
  server = await startTestServer()
  const client = createClient({ url: server.url })
  await client.project.create.mutate({ id: "house", name: "House 家" })
  await client.project.create.mutate({ id: "techno", name: "\u001b[31mRed\u202e\nTechno" })
  await client.clip.create.mutate({ projectId: "house", id: "kick", ...kick })
  await client.clip.create.mutate({ projectId: "techno", id: "kick", ...kick, code: "a\u001b[2J\n" })
  await client.clip.create.mutate({ projectId: "techno", id: "hat", name: "Hat", code: "s('hh*8')" })
  await client.session.create.mutate({
    id: sessionId,
    name: "Loud",
    projectId: "house",
    itemType: "clip",
    itemId: "kick",
  })
  await client.session.create.mutate({ agentName: "ada" })
  const messages = Array.from({ length: 230 }, (_, i) => ({ role: "user" as const, content: `message ${i}` }))
  const codeChanges = { item_type: "clip", item_id: "kick", project_id: "house", before: "a", after: "b" }
  const last = { role: "assistant" as const, content: "\u001b]0;title\u0007Done.", codeChanges }
  await client.message.append.mutate({ sessionId, messages: [...messages, last] })
  await client.session.setStatus.mutate({ id: sessionId, status: "idle" })
})
afterAll(() => server.close())

const run = (...argv: string[]) => runCommand(server.url, argv)
const columnsOf = (line: string | undefined) => (line ?? "").split(/ {2,}/)

it("lists projects in a table that no terminal acts upon", async () => {
  const { stdout, code } = await run("projects")
  expect(code).toBe(0)
  const lines = stdout.trimEnd().split("\n")
  expect(columnsOf(lines[0])).toEqual(["ID", "NAME", "CLIPS", "SONGS", "PLAYLISTS", "CHANGED"])
  expect(
    lines
      .map((line) => columnsOf(line).slice(0, 3))
      .slice(1)
      .sort(),
  ).toEqual([
    ["house", "House 家", "1"],
    ["techno", "\ufffd[31mRed\ufffd Techno", "2"],
  ])
})

it("lists projects, sessions and clips by what they are asked for", async () => {
  const ids = async (...argv: string[]) => {
    const answer: Record<string, { id: string }[]> = JSON.parse((await run(...argv, "--json")).stdout)
    return answer[argv[0] ?? ""]?.map(({ id }) => id)
  }
  expect(await ids("projects", "--q", "hou")).toEqual(["house"])
  expect(await ids("sessions", "--status", "idle")).toEqual([sessionId])
  expect(await ids("sessions", "--project", "house")).toEqual([sessionId])
  expect(await ids("sessions", "--q", "lou")).toEqual([sessionId])
  expect(await ids("sessions")).toHaveLength(2)
  expect(await ids("clips", "--project", "techno")).toEqual(["hat", "kick"])
  expect(await ids("clips", "--tag", "drums")).toEqual(["kick", "kick"])
  expect(await ids("clips", "--q", "hh*8")).toEqual(["hat"])
})

it("lists clips by how they sound", async () => {
  const hear = (projectId: string, id: string, loudness: number) => {
    const likeness = [loudness / 10, ...Array.from({ length: 11 }, () => 0)]
    const figures = { loudness, peak: 0, brightness: 900, density: 9, clipping: false, likeness }
    return storeAudio(server.database.db, { projectId, id, version: 1 }, { audio: {}, figures })
  }
  await hear("house", "kick", -10)
  await hear("techno", "hat", -30)
  const names = async (...argv: string[]) =>
    (await run("clips", "list", ...argv)).stdout
      .split("\n")
      .slice(1, -1)
      .map((line) => columnsOf(line)[0])
  expect(await names("--sound", "loud,dense")).toEqual(["house/kick"])
  expect(await names("--sort", "loudness")).toEqual(["house/kick", "techno/hat", "techno/kick"])
  const similar = await run("clips", "similar", "house/kick")
  expect(columnsOf(similar.stdout.split("\n")[1])).toEqual(["2.00", "techno/hat", "Hat"])
  expect(await run("clips", "similar", "techno/kick")).toMatchObject({
    ...{ code: 0, stdout: "", stderr: "The sound of techno/kick is not measured, or it is silent.\n" },
  })
  expect(await run("clips", "list", "--sound", "purple")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("It is some of quiet, loud, bright, dense, clips."),
  })
})

it("shows clips with their tempo and tags", async () => {
  const { stdout } = await run("clips", "--project", "house")
  expect(columnsOf(stdout.split("\n")[1]).slice(0, 4)).toEqual(["house/kick", "Kick", "124", "drums, house"])
})

it("says that there are more, on the side, and that there are none", async () => {
  const { stdout, stderr } = await run("clips", "--limit", "2")
  expect(stdout.trimEnd().split("\n")).toHaveLength(3)
  expect(stderr).toBe("There are more clips: --limit says how many to show.\n")
  const json = await run("clips", "--limit", "2", "--json")
  expect(json).toMatchObject({ stderr: "" })
  expect(json.json()).toMatchObject({ clips: [{}, {}], more: true })
  expect((await run("clips", "--limit", "3")).stderr).toBe("")
  expect((await run("sessions", "--q", "nothing")).stdout).toBe("No sessions.\n")
})

it("shows a session with its last messages in order", async () => {
  const { stdout, code } = await run("show", "session", sessionId, "--limit", "2")
  expect(code).toBe(0)
  const lines = stdout.split("\n")
  expect(lines[0]).toBe("Loud")
  expect(lines[2]).toContain("idle · strudel · house · clip kick")
  expect(lines[3]).toBe("231 messages, the last 2 of them")
  expect(stdout).toContain("message 229\n\n── 230 · assistant · ")
  expect(stdout.endsWith("\ufffd]0;title\ufffdDone.\n(changes clip kick of house)\n")).toBe(true)
  const json = await run("show", "session", sessionId, "--limit", "225", "--json")
  expect(json.json()).toMatchObject({ session: { id: sessionId }, messages: { length: 225, 0: { messageIndex: 6 } } })
})

it("prints a clip's code as it is to a file, and harmless to a terminal", async () => {
  expect((await run("show", "clip", "house/kick")).stdout).toBe('s("bd*4")')
  expect((await run("show", "clip", "techno/kick")).stdout).toBe("a\u001b[2J\n")
  const terminal = await runCommand(server.url, ["show", "clip", "techno/kick"], { terminal: true })
  expect(terminal.stdout).toBe("a\ufffd[2J\n")
  expect((await run("show", "clip", "hat", "--json")).json()).toMatchObject({ projectId: "techno", code: "s('hh*8')" })
})

it("tells failures in words, with what stands in the way", async () => {
  const ambiguous = await run("show", "clip", "kick")
  expect(ambiguous.code).toBe(5)
  expect(ambiguous.stderr).toMatch(/house.*techno/s)
  expect(await run("show", "clip", "house/nothing")).toMatchObject({ code: 3, stderr: "There is no such clip.\n" })
  const missing = await run("show", "session", "00000000-0000-4000-8000-00000000dead", "--json")
  expect(missing).toMatchObject({ code: 3, stderr: "" })
  expect(missing.json()).toEqual({ error: { reason: "SESSION_NOT_FOUND", message: "There is no session of this id." } })
  const refused = await run("projects", "--q", "x".repeat(201), "--json")
  expect(refused.code).toBe(4)
  expect(refused.json()).toMatchObject({ error: { reason: "BAD_INPUT", fields: { q: expect.any(String) } } })
})
