import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, expect, it } from "vitest"
import { afterCall, lostAnswer } from "../testing/after-call.ts"
import { temporaryFolder } from "../testing/folder.ts"
import { type RunOptions, runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
const client = () => createClient({ url: server.url })
const run = (argv: string[], options: RunOptions = {}) => runCommand(server.url, argv, options)
beforeAll(async () => {
  server = await startTestServer()
  for (const id of ["kick", "hat"]) {
    await client().clip.create.mutate({ projectId: "house", id, name: id, code: `s("${id}")` })
  }
})
afterAll(() => server.close())

/** The words of the command that makes something again. */
const undoOf = (stderr: string): string[] => {
  const line = /strudel-agent (.*)\n/.exec(stderr)?.[1] ?? ""
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "")
}

it("makes, shows, edits, restores and deletes songs", async () => {
  const made = await run(
    ["songs", "new", "house/night", "--name", "Night", "--clips", "kick,hat,kick", "--file", "-"],
    {
      stdin: "# Night\n",
    },
  )
  expect(made).toMatchObject({ code: 0, stdout: "house/night version 1\n" })
  const read = () => client().song.byId.query({ projectId: "house", id: "night" })
  const first = await read()
  expect(first.clipIds).toEqual(["kick", "hat", "kick"])
  expect((await run(["songs", "show", "night"])).stdout).toContain("clips: kick, hat, kick\n")
  expect((await run(["songs"])).stdout).toMatch(/^SONG .*\nhouse\/night +Night +3 /)
  const editor = join(temporaryFolder(), "editor.sh")
  writeFileSync(editor, '#!/bin/sh\necho "Louder." >> "$1"\n')
  chmodSync(editor, 0o755)
  expect(await run(["songs", "edit", "night"], { env: { EDITOR: editor } })).toMatchObject({ code: 0 })
  expect((await read()).body).toContain("Louder.")
  expect(await run(["songs", "edit", "night", "--clips", "hat"])).toMatchObject({ code: 0 })
  expect((await read()).clipIds).toEqual(["hat"])
  expect((await run(["songs", "history", "night"])).stdout.trimEnd().split("\n")).toHaveLength(4)
  expect(await run(["songs", "restore", "night", "1"])).toMatchObject({ code: 0, stdout: "house/night version 4\n" })
  expect(await read()).toMatchObject({ body: first.body, clipIds: first.clipIds })
  expect(await run(["songs", "delete", "night"])).toMatchObject({ code: 2 })
  const gone = await run(["songs", "delete", "night", "--yes"])
  expect(gone).toMatchObject({ code: 0, stdout: "house/night\n" })
  expect(await run(["songs", "show", "night"])).toMatchObject({ code: 3 })
  expect(await run(undoOf(gone.stderr))).toMatchObject({ code: 0 })
  expect(await read()).toMatchObject({ name: "Night", body: first.body, clipIds: first.clipIds })
})

it("compares versions of songs and playlists, and puts tags on and takes them off", async () => {
  await run(["songs", "new", "house/dusk", "--name", "Dusk", "--clips", "kick"])
  expect(await run(["songs", "diff", "dusk"])).toMatchObject({ code: 2 })
  await run(["songs", "edit", "dusk", "--clips", "kick,hat"])
  expect((await run(["songs", "diff", "dusk"])).stdout).toContain("+- hat\n")
  expect((await run(["songs", "diff", "dusk", "1", "1", "--json"])).json()).toEqual({
    from: 1,
    to: 1,
    same: true,
    diff: "",
  })
  const tagsOf = async () => (await client().song.byId.query({ projectId: "house", id: "dusk" })).metadata.tags
  expect(await run(["songs", "tag", "dusk", "warm", "slow"])).toMatchObject({
    code: 0,
    stdout: "house/dusk version 3\n",
  })
  expect(await tagsOf()).toEqual(["warm", "slow"])
  expect((await run(["songs", "untag", "dusk", "warm", "--json"])).json()).toMatchObject({ song: { tags: ["slow"] } })
  expect(await tagsOf()).toEqual(["slow"])
  await run(["playlists", "new", "house/evening", "--songs", "dusk"])
  expect(await run(["playlists", "tag", "evening", "live"])).toMatchObject({ code: 0 })
  expect((await run(["playlists", "diff", "evening"])).stderr).toContain("say the same")
})

it("makes, shows, restores and deletes playlists", async () => {
  await client().song.create.mutate({ projectId: "house", id: "opener", name: "Opener", clipIds: ["kick"] })
  expect(await run(["playlists", "new", "house/set", "--songs", "opener"])).toMatchObject({ code: 0 })
  expect(await run(["playlists", "edit", "set", "--name", "Set"])).toMatchObject({ code: 0 })
  expect((await run(["playlists", "show", "house/set", "--json"])).json()).toMatchObject({
    name: "Set",
    parts: ["opener"],
    version: 2,
  })
  expect(await run(["playlists", "restore", "set", "1"])).toMatchObject({ code: 0 })
  const gone = await run(["playlists", "delete", "set", "--yes"])
  expect(await run(undoOf(gone.stderr))).toMatchObject({ code: 0 })
  expect(await run(["playlists", "new", "house/set"])).toMatchObject({ code: 5 })
  expect(await run(["playlists", "new", "house/none", "--songs", "nowhere"])).toMatchObject({ code: 4 })
})

it("makes, renames and deletes projects, whose folder is kept", async () => {
  expect(await run(["projects", "new", "acid", "--name", "Acid"])).toMatchObject({ code: 0, stdout: "acid\n" })
  expect(await run(["projects", "new", "acid"])).toMatchObject({ code: 5 })
  expect(await run(["projects", "rename", "acid", "Acid 2"])).toMatchObject({ code: 0, stdout: "Acid 2\n" })
  await client().clip.create.mutate({ projectId: "acid", id: "line", name: "Line", code: 's("saw")' })
  expect(await run(["projects", "delete", "acid"])).toMatchObject({ code: 2 })
  expect((await run(["projects", "delete", "acid", "--dry-run"])).stderr).toContain("1 clip, 0 songs")
  const gone = await run(["projects", "delete", "acid", "--yes"])
  expect(gone).toMatchObject({ code: 0, stdout: "acid\n" })
  expect((await run(["projects", "--q", "acid", "--json"])).json()).toMatchObject({ projects: [] })
  expect(await run(undoOf(gone.stderr))).toMatchObject({ code: 0 })
  const clip = await client().clip.byId.query({ projectId: "acid", id: "line" })
  expect(clip).toMatchObject({ code: 's("saw")', name: "Line" })
})

it("keeps the command that makes a song again where a later deletion is refused, also beside JSON", async () => {
  for (const id of ["first", "second"]) {
    await client().song.create.mutate({ projectId: "house", id, name: `${id}\u001b[2J`, clipIds: ["kick"] })
  }
  await client().playlist.create.mutate({ projectId: "house", id: "all", name: "All", songIds: ["second"] })
  const ran = await run(["songs", "delete", "house/first", "house/second", "--yes", "--json"])
  expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining("--name $'first\\x1b[2J' ") })
  expect(ran.json()).toMatchObject({
    error: { reason: "SONG_IN_USE", message: expect.stringContaining("playlists use") },
  })
  expect(await run(["songs", "show", "house/first"])).toMatchObject({ code: 3 })
  expect(await run(["songs", "show", "house/second"])).toMatchObject({ code: 0 })
})

it("deletes no song that was changed after it was read", async () => {
  const song = { projectId: "house", id: "busy" }
  await client().song.create.mutate({ ...song, name: "Busy", clipIds: [] })
  afterCall("song.find", () => client().song.update.mutate({ ...song, body: "Later." }))
  expect(await run(["songs", "delete", "house/busy", "--yes"])).toMatchObject({ code: 5 })
  expect(await client().song.byId.query(song)).toMatchObject({ version: 2, body: "Later." })
})

it("deletes no project in which something was saved while its folder was written", async () => {
  const clip = { projectId: "dub", id: "echo" }
  const song = { projectId: "dub", id: "late", name: "Late" }
  const change = [
    () => client().clip.update.mutate({ ...clip, code: 's("new")' }),
    () => client().song.create.mutate(song),
    () => client().clip.delete.mutate(clip),
  ]
  await client().clip.create.mutate({ ...clip, name: "Echo", code: 's("old")' })
  for (const act of change) {
    afterCall("project.exportFiles", act)
    const ran = await run(["projects", "delete", "dub", "--yes"])
    expect(ran).toMatchObject({ code: 5, stdout: "", stderr: expect.stringContaining("nothing is deleted") })
  }
  expect(await client().song.byId.query(song)).toMatchObject({ name: "Late" })
  expect(await run(["projects", "delete", "dub", "--yes"])).toMatchObject({ code: 0 })
})

it("says where a project's folder is kept also where the answer to its deletion is lost", async () => {
  await client().clip.create.mutate({ projectId: "lost", id: "line", name: "Line", code: 's("saw")' })
  afterCall("project.delete", lostAnswer)
  const lost = await run(["projects", "delete", "lost", "--yes", "--json"])
  expect(lost).toMatchObject({ code: 6 })
  expect(await run(undoOf(lost.stderr))).toMatchObject({ code: 0 })
  expect(await client().clip.byId.query({ projectId: "lost", id: "line" })).toMatchObject({ code: 's("saw")' })
})
