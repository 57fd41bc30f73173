import { existsSync, linkSync, readdirSync, readFileSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { asRead, readFiles, temporaryFolder, writeFiles } from "../testing/folder.ts"
import { FolderWriter } from "./folder-writer.ts"

const bytes = (text: string) => Buffer.from(text)

it("writes, leaves and replaces files as a whole", async () => {
  const folder = temporaryFolder()
  const writer = await FolderWriter.open(folder, { overwrite: false })
  expect(await writer.write("a/b/c.js", bytes("1"))).toEqual({ outcome: "created" })
  const again = await FolderWriter.open(folder, { overwrite: false })
  expect(await again.write("a/b/c.js", bytes("1"))).toEqual({ outcome: "unchanged" })
  expect(await again.write("a/b/c.js", bytes("2"))).toMatchObject({ outcome: "skipped" })
  const over = await FolderWriter.open(folder, { overwrite: true })
  expect(await over.write("a/b/c.js", bytes("2"))).toEqual({ outcome: "updated" })
  expect(readFiles(folder)).toEqual(asRead({ "a/b/c.js": "2" }))
  expect(readdirSync(join(folder, "a/b"))).toEqual(["c.js"])
})

it("does not write over a name that it wrote itself and the file system takes for the same", async () => {
  const folder = temporaryFolder()
  const writer = await FolderWriter.open(folder, { overwrite: true })
  await writer.write("clips/kick.js", bytes("small"))
  // What a file system without regard to case does: the other name is there too, and is the same file.
  if (!existsSync(join(folder, "clips/Kick.js"))) {
    linkSync(join(folder, "clips/kick.js"), join(folder, "clips/Kick.js"))
  }
  expect(await writer.write("clips/Kick.js", bytes("large"))).toEqual({
    outcome: "skipped",
    why: "this file system does not tell its name from clips/kick.js",
  })
  expect(readFileSync(join(folder, "clips/kick.js"), "utf8")).toBe("small")
})

it("knows whether two names are one folder", async () => {
  const folder = temporaryFolder()
  writeFiles(folder, { "house/a": "" })
  const writer = await FolderWriter.open(folder, { overwrite: true })
  expect(await writer.isSameFolder("house", "house")).toBe(true)
  expect(await writer.isSameFolder("house", "techno")).toBe(false)
  expect(await writer.isSameFolder("gone", "Gone")).toBe(false)
})

it("says what the file system says", async () => {
  const folder = temporaryFolder()
  const writer = await FolderWriter.open(folder, { overwrite: true })
  expect(await writer.write("x".repeat(300), bytes(""))).toEqual({ outcome: "failed", why: "the name is too long" })
  symlinkSync("loop", join(folder, "loop"))
  expect(await writer.write("loop/a", bytes(""))).toMatchObject({ outcome: "skipped" })
  expect(readdirSync(folder)).toEqual(["loop"])
})
