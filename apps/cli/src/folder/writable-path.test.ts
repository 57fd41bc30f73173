import { expect, it } from "vitest"
import { folderNameFor, unwritable } from "./writable-path.ts"

it.each(["clips/kick.js", "clips/Über Kick.js", "a/b/c", "clips/aux.js", "clips/dot./a.js", "surfaces/a b.yaml"])(
  "writes %j",
  (path) => expect(unwritable(path, "linux")).toBeUndefined(),
)

it.each([
  "",
  "/",
  "/a",
  "a/",
  "../a",
  "a/../b",
  "a/..",
  ".",
  "a/./b",
  "a//b",
  "a\\b",
  "C:a",
  "c:/a",
  "a\u0000",
  "a\nb",
])("does not write %j", (path) => expect(unwritable(path, "linux")).toBe("is no path within the project's folder"))

it.each([".bashrc", ".git/config", "clips/.hidden/a.js"])("does not write the hidden %j", (path) => {
  expect(unwritable(path, "darwin")).toBe("is hidden")
})

it.each(["clips/aux.js", "clips/NUL", "clips/dot./a.js", "clips/space "])("does not write %j on Windows", (path) => {
  expect(unwritable(path, "linux")).toBeUndefined()
  expect(unwritable(path, "win32")).toBe("has a name that Windows does not write")
})

it("calls a project's folder by its id where it can", () => {
  const ids = ["house", "aux", "Con.2", "a.", "../x", "a/b", ".x", ".."]
  expect(ids.map((id) => folderNameFor(id, "linux"))).toEqual([
    ...["house", "_aux", "_Con.2", "a.", undefined, undefined, undefined, undefined],
  ])
  expect(folderNameFor("a.", "win32")).toBeUndefined()
})
