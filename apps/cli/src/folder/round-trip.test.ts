import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { createClient } from "@strudel-agent/client/client"
import fc from "fast-check"
import { afterAll, beforeAll, expect, it } from "vitest"
import { asRead, type Files, readFiles, temporaryFolder, writeFiles } from "../testing/folder.ts"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const run = (...argv: string[]) => runCommand(server.url, argv)
const root = fileURLToPath(new URL("../../../../", import.meta.url))

/** Files below a folder, the first folder of each path put into the form of an id. */
const withIds = (files: Record<string, string>, ids: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files)
      .map(([path, content]) => {
        const [project = "", ...rest] = path.split("/")
        return [[ids[project] ?? project, ...rest].join("/"), content] as const
      })
      .sort(),
  )

it.each([
  ["the sample projects", join(root, "samples", "projects"), {}],
  ["files as people write them", join(root, "packages/project-folder/fixtures/traps"), { "Früh & Spät": "Fruh-Spat" }],
])("gives back %s byte by byte, also when they are imported twice", async (_, source, ids) => {
  const files = readFiles(source)
  const count = Object.keys(files).length
  const others = Object.keys(files).filter((path) => !/\/index\.md$|\/(?:clips|songs|playlists)\//.test(path)).length
  const first = await run("import", source, "--json")
  expect(first.code).toBe(0)
  expect(first.json()).toMatchObject({ counts: { created: count - others, kept: others, skipped: 0, failed: 0 } })
  expect((await run("import", source, "--json")).json()).toMatchObject({ counts: { unchanged: count } })

  const clipFiles = Object.keys(files).filter((path) => /^[^/]+\/clips\/.*\.js$/.test(path))
  const projects = new Set(Object.keys(withIds(files, ids)).map((path) => path.split("/")[0] ?? ""))
  const client = createClient({ url: server.url })
  let clips = 0
  for (const id of projects) clips += (await client.project.byId.query({ id })).clipCount
  expect(clips, "every clip file is there").toBe(clipFiles.length)

  const target = temporaryFolder()
  for (const id of projects) expect((await run("export", target, "--project", id)).code).toBe(0)
  expect(readFiles(target)).toEqual(withIds(files, ids))
  expect((await run("import", target, "--json")).json()).toMatchObject({ counts: { unchanged: count } })
})

const letters = fc.constantFrom(..."abKÜßé字 -_.'#%()&")
const stem = fc
  .array(letters, { minLength: 1, maxLength: 8 })
  .map((all) => `x${all.join("").trim().replaceAll(".", "-")}`)
const folders = fc.constantFrom("clips/", "songs/", "playlists/", "surfaces/", "clips/deep/", "", "other things/")
const ending = fc.constantFrom(".js", ".md", ".yaml", "", ".JS", ".bin", ".str", ".Strudel", ".txt", ".tidal", ".json")
const path = fc.oneof(
  fc.constant("index.md"),
  fc.tuple(folders, stem, ending).map((parts) => parts.join("")),
)

const header = fc.constantFrom(
  ...[
    "",
    '// {"name":"A","tempo":120}\n',
    "// Dirty\n",
    '//{"tags":["a",],}\r\n',
    "\ufeff// {}\n",
    '// {"a":-0}',
    "# T\r\n",
  ],
)
const line = fc.oneof(
  fc.constantFrom(
    "s('bd*4')",
    "- [k](../clips/xa.js)",
    "1. [s](song:xa)",
    "[k](clip:xa)",
    "<a>",
    "",
    "```",
    "\u0000\ud800",
  ),
  fc.string({ maxLength: 12, unit: "binary" }),
)
const text = fc
  .tuple(header, fc.array(line, { maxLength: 6 }), fc.constantFrom("\n", "\r\n", "\r"))
  .map(([first, lines, newLine]) => Buffer.from(first + lines.join(newLine)))
const content = fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) })

const tree = fc.dictionary(path, content, { minKeys: 1, maxKeys: 10, noNullPrototype: true }).filter((files) => {
  // A file and a folder, or two names that a file system takes for one, cannot be written.
  const names = Object.keys(files).map((name) => name.normalize("NFC").toLowerCase())
  const isClash = (name: string) => names.some((other) => other.startsWith(`${name}/`))
  return new Set(names).size === names.length && !names.some(isClash)
})

it("gives back whatever is in a project's folder", { timeout: 120_000 }, async () => {
  let number = 0
  await fc.assert(
    fc.asyncProperty(tree, async (files: Files) => {
      const id = `tree-${++number}`
      const source = temporaryFolder()
      const target = temporaryFolder()
      writeFiles(source, files)
      writeFiles(source, { "clips/xa.js": "silence" })
      const all = readFiles(source)
      const imported = await run("import", source, "--project", id, "--json")
      expect(imported.json()).toMatchObject({ counts: { skipped: 0, failed: 0 } })
      const exported = await run("export", target, "--project", id)
      expect({ code: exported.code, files: readFiles(join(target, id)) }).toEqual({ code: 0, files: all })
      const again = await run("import", join(target, id), "--json")
      expect(again.json()).toMatchObject({ counts: { unchanged: Object.keys(all).length } })
    }),
    { numRuns: 40 },
  )
})

it("changes only the code of a clip that was edited, whatever its file looks like", { timeout: 120_000 }, async () => {
  const client = createClient({ url: server.url })
  let number = 0
  await fc.assert(
    fc.asyncProperty(tree, async (files) => {
      const id = `edit-${++number}`
      const folder = temporaryFolder()
      writeFiles(folder, { ...files, "clips/edited-here.js": '// {"name":"A",}\r\nsilence\r\n' })
      const before = readFiles(folder)
      await run("import", folder, "--project", id)
      await client.clip.update.mutate({ projectId: id, id: "edited-here", code: "hush\n" })
      const target = temporaryFolder()
      await run("export", target, "--project", id)
      const edited = asRead({ "clips/edited-here.js": '// {"name":"A",}\r\nhush\r\n' })
      expect(readFiles(join(target, id))).toEqual({ ...before, ...edited })
    }),
    { numRuns: 15 },
  )
})
