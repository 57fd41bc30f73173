import { createHash } from "node:crypto"
import { afterAll, beforeAll, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { folderCaller } from "../testing/folder-caller.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
let folder: ReturnType<typeof folderCaller>
beforeAll(async () => {
  test = await createTestCaller()
  folder = folderCaller(test)
})
afterAll(() => test.close())

const digestOf = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex")

/** Files of an export, as they are acknowledged. */
async function exported(projectId: string) {
  const folderFiles = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await test.caller.project.exportFiles({ projectId, cursor })
    folderFiles.push(...page.files)
    cursor = page.nextCursor
  }
  return folderFiles.map(({ content, ...file }) => ({ ...file, digest: digestOf(Buffer.from(content, "base64")) }))
}

/** Sends a file by itself with the digest of what it was changed from, null where that was nothing. */
async function sendOnBase(
  projectId: string,
  path: string,
  { content, base }: { content: string; base: string | null },
) {
  const file = { path, content: Buffer.from(content).toString("base64"), base: base === null ? null : digestOf(base) }
  const { files } = await test.caller.project.importFiles({ projectId, files: [file] })
  return files.map(({ outcome, why }) => (outcome === "skipped" ? why : outcome))
}
const ofBothSides = ["was changed in the folder and in the library; overwrite lets the file win"]

const idsOf = async (projectId: string) =>
  (await test.caller.clip.list({ projectId })).items.map(({ id }) => id).toSorted()

it("keeps what an export printed for the item that it is of, and makes none", async () => {
  const projectId = "acknowledged"
  await folder.importAll(projectId, { "clips/Kick.js": "s('bd')", "notes.txt": "none" })
  await test.caller.project.update({ id: projectId, description: "Loud." })
  await test.caller.clip.create({ projectId, id: "kick", name: "kick", code: "s('other')" })
  const files = await exported(projectId)
  expect(files.map(({ path, itemType, itemId }) => [path, itemType, itemId])).toEqual([
    ["index.md", "project", projectId],
    ["clips/Kick.js", "clip", "Kick"],
    ["notes.txt", null, null],
    ["clips/kick-2.js", "clip", "kick"],
  ])
  const answer = await test.caller.project.acknowledgeFiles({ projectId, files })
  expect(answer.files).toEqual(files.map(({ path }) => ({ path, isCurrent: true })))
  expect(await idsOf(projectId)).toEqual(["Kick", "kick"])
  expect(await folder.importAll(projectId, { "clips/kick-2.js": "s('edited')" })).toMatchObject([
    { itemId: "kick", outcome: "updated" },
  ])
  expect((await exported(projectId)).map(({ path }) => path).toSorted()).toEqual(
    files.map(({ path }) => path).toSorted(),
  )
})

it("keeps no file of which the library says something else, or has no item", async () => {
  const projectId = "overtaken"
  await test.caller.clip.create({ projectId, id: "kick", name: "kick", code: "s('bd')" })
  const files = await exported(projectId)
  await test.caller.clip.update({ projectId, id: "kick", code: "s('newer')" })
  const acknowledge = async (some: typeof files) =>
    (await test.caller.project.acknowledgeFiles({ projectId, files: some })).files
  expect(await acknowledge(files)).toEqual([{ path: "clips/kick.js", isCurrent: false }])
  expect(await acknowledge((await exported(projectId)).map((file) => ({ ...file, itemId: "hat" })))).toEqual([
    { path: "clips/kick.js", isCurrent: false },
  ])
  expect(await idsOf(projectId)).toEqual(["kick"])
  const input = { projectId, files: files.map((file) => ({ ...file, digest: "x" })) }
  expect(await failureOfCall(test.caller.project.acknowledgeFiles(input))).toMatchObject({
    reason: "BAD_INPUT",
    fields: { "files.0.digest": "must be a SHA-256 in lower-case hexadecimal" },
  })
})

it("skips a file that was changed from something else than the library has", async () => {
  const projectId = "based"
  const send = async (path: string, content: string, base: string) => {
    const file = { path, content: Buffer.from(content).toString("base64"), base: digestOf(base) }
    return (await test.caller.project.importFiles({ projectId, files: [file] })).files.map(({ outcome }) => outcome)
  }
  for (const path of ["clips/kick.js", "notes.txt"]) {
    await folder.importAll(projectId, { [path]: "s('bd')" })
    expect(await send(path, "s('first')", "s('bd')")).not.toEqual(["skipped"])
    expect(await send(path, "s('second')", "s('bd')")).toEqual(["skipped"])
    expect((await folder.exportAll(projectId))[path]?.toString()).toBe("s('first')")
  }
  // The library's change stands in the folder, also where it was not told so.
  await test.caller.clip.update({ projectId, id: "kick", code: "s('library')" })
  const printed = (await folder.exportAll(projectId))["clips/kick.js"]?.toString() ?? ""
  expect(await send("clips/kick.js", printed.replace("library", "on top"), printed)).toEqual(["updated"])
})

it("takes a file that is changed from nothing only where the library has none under its path", async () => {
  const projectId = "from-nothing"
  for (const path of ["clips/kick.js", "notes.txt", "index.md"]) {
    const first = path === "index.md" ? "# First\n" : "s('first')"
    expect(await sendOnBase(projectId, path, { content: first, base: null })).not.toEqual(ofBothSides)
    expect(await sendOnBase(projectId, path, { content: first, base: null })).toEqual(["unchanged"])
    expect(await sendOnBase(projectId, path, { content: first.replace("irst", "ifth"), base: null })).toEqual(
      ofBothSides,
    )
    expect((await folder.exportAll(projectId))[path]?.toString()).toBe(first)
  }
  await test.caller.clip.create({ projectId, id: "hat", name: "hat", code: "s('hh')" })
  expect(await sendOnBase(projectId, "clips/hat.js", { content: "s('other')", base: null })).toEqual([
    "the library has an item of this id that says something else; overwrite lets the file win",
  ])
})

it("keeps what stands above a title where two folders changed that alone", async () => {
  const projectId = "above"
  const path = "songs/night.md"
  const base = "# Night\n"
  await folder.importAll(projectId, { [path]: base })
  const first = "First.\n\n# Night\n"
  expect(await sendOnBase(projectId, path, { content: first, base })).toEqual(["unchanged"])
  expect(await sendOnBase(projectId, path, { content: "Second.\n\n# Night\n", base })).toEqual(ofBothSides)
  expect((await folder.exportAll(projectId))[path]?.toString()).toBe(first)
})
