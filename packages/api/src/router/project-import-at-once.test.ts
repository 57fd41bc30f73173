import type { Db } from "@strudel-agent/database/client"
import { lockProject, updateProject } from "@strudel-agent/database/queries/project"
import { countWaiting } from "@strudel-agent/database/testing/waiting"
import { reviseClip } from "@strudel-agent/library/clip"
import { playlists } from "@strudel-agent/library/playlist"
import { songs } from "@strudel-agent/library/song"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Folder, folderCaller } from "../testing/folder-caller.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
let folder: ReturnType<typeof folderCaller>
beforeAll(async () => {
  test = await createTestCaller()
  folder = folderCaller(test)
})
afterAll(() => test.close())

const edited = "Written in the library."

const edits: { path: string; change: (tx: Db, projectId: string) => Promise<unknown> }[] = [
  {
    path: "clips/kick.js",
    change: (tx, projectId) => reviseClip(tx, { projectId, id: "kick" }, () => ({ code: edited })),
  },
  {
    path: "songs/sunset.md",
    change: (tx, projectId) => songs.revise(tx, { projectId, id: "sunset" }, () => ({ body: edited })),
  },
  {
    path: "playlists/friday.md",
    change: (tx, projectId) => playlists.revise(tx, { projectId, id: "friday" }, () => ({ body: edited })),
  },
  {
    path: "index.md",
    change: async (tx, projectId) => {
      await lockProject(tx, projectId)
      await updateProject(tx, projectId, { description: edited })
    },
  },
]

const files: Folder = {
  "index.md": "# House\n\nOnce.\n",
  "clips/kick.js": "s('bd')\n",
  "songs/sunset.md": "# Sunset\n\nOnce.\n\n- [Kick](../clips/kick.js)\n",
  "playlists/friday.md": "# Friday\n\nOnce.\n\n1. [Sunset](song:sunset)\n",
}

const waiting = () => countWaiting(test.database.db)

it.each(edits)(
  "does not overwrite what is written into the library at that moment: $path",
  async ({ path, change }) => {
    const projectId = path.replaceAll(/\W/g, "-")
    await folder.importAll(projectId, files)
    const changed = `${files[path]}\nTwice.\n`
    let importing: ReturnType<typeof folder.importAll> | undefined
    await test.database.db.$transaction(
      async (tx) => {
        await change(tx, projectId)
        importing = folder.importAll(projectId, { [path]: changed })
        await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
      },
      { timeout: 20_000 },
    )
    expect(await importing).toMatchObject([
      { path, outcome: "skipped", why: expect.stringContaining("in the folder and in the library") },
    ])
    expect((await folder.exportAll(projectId))[path]?.toString()).toContain(edited)

    expect(await folder.outcomes(projectId, { [path]: changed }, { overwrite: true })).toEqual({ [path]: "updated" })
    expect((await folder.exportAll(projectId))[path]?.toString()).toBe(changed)
  },
)
