import { execFileSync } from "node:child_process"
import { linkSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { listFiles } from "@strudel-agent/importer/list-files"
import { expect, it } from "vitest"
import { temporaryFolder, writeFiles } from "../testing/folder.ts"
import { diskFolder } from "./disk-folder.ts"
import { readRegularFile } from "./read-file.ts"

it("lists regular files in order, and says what it leaves out", async () => {
  const folder = temporaryFolder()
  writeFiles(folder, { "b/2.js": "", "b/1.js": "", "a.js": "", "b/.x": "", ".y/z": "" })
  symlinkSync(".", join(folder, "b", "loop"))
  linkSync(join(folder, "a.js"), join(folder, "hard.js"))
  expect(await listFiles(diskFolder(folder))).toEqual({
    entries: ["a.js", "b/1.js", "b/2.js", "hard.js"].map((path) => ({ path, file: { read: expect.any(Function) } })),
    ignored: [
      { path: ".y", why: "is a hidden folder" },
      { path: "b/.x", why: "is hidden" },
      { path: "b/loop", why: "is a link, which is not followed" },
    ],
    failed: [],
  })
})

it("keeps a byte order mark at the beginning of a name", async () => {
  const folder = temporaryFolder()
  writeFiles(folder, { "\ufeffkick.js": "1", "\ufeffdeep/a.js": "2" })
  const { entries } = await listFiles(diskFolder(folder))
  expect(entries.map(({ path }) => path)).toEqual(["\ufeffdeep/a.js", "\ufeffkick.js"])
  expect(await entries[1]?.file.read(1)).toEqual({ content: Buffer.from("1") })
})

it("says that a folder cannot be read", async () => {
  const { failed } = await listFiles(diskFolder(join(temporaryFolder(), "gone")))
  expect(failed).toEqual([{ path: ".", why: "there is no such file or folder" }])
})

it("does not wait for a pipe, neither in a listing nor in a file's place", async () => {
  const folder = temporaryFolder()
  execFileSync("mkfifo", [join(folder, "pipe.js")])
  expect((await listFiles(diskFolder(folder))).ignored).toEqual([
    { path: "pipe.js", why: "is neither a file nor a folder" },
  ])
  expect(await readRegularFile(join(folder, "pipe.js"))).toEqual({ problem: "is no regular file" })
})

it("does not read a link that took a file's place, nor a folder, nor what is gone", async () => {
  const folder = temporaryFolder()
  symlinkSync("/etc/passwd", join(folder, "link.js"))
  expect(await readRegularFile(join(folder, "link.js"))).toEqual({ problem: "is a link, which is not followed" })
  expect(await readRegularFile(folder)).toEqual({ problem: "is no regular file" })
  expect(await readRegularFile(join(folder, "gone"))).toEqual({
    problem: "there is no such file or folder",
    missing: true,
  })
})
