import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, expect, it } from "vitest"
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
