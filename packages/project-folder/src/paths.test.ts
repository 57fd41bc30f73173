import { posix, win32 } from "node:path"
import { type ItemKind, isSlug } from "@strudel-agent/contract/item"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { classify, fileNameFor, isSafePath, pathFor, pathProblem, slugFor } from "./paths.ts"

const free = () => false
const types: ItemKind[] = ["clip", "song", "playlist"]
const slug = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/).filter(isSlug)

describe("classify", () => {
  it.each([
    ["index.md", { type: "project" }],
    ["clips/kick.js", { type: "clip", id: "kick" }],
    ["clips/Über Kick.JS", { type: "clip", id: "Uber-Kick" }],
    ["clips/drums/deep.js", { type: "clip", id: "drums-deep" }],
    ["clips/aux.js", { type: "clip", id: "aux" }],
    ["songs/Größe.md", { type: "song", id: "Grosse" }],
    ["songs/夜.md", { type: "song", id: "song" }],
    ["playlists/friday.night.md", { type: "playlist", id: "friday.night" }],
    ["surfaces/techno.yaml", { type: "other" }],
    ["clips/kick.str", { type: "clip", id: "kick" }],
    ["clips/kick.v2.strudel", { type: "clip", id: "kick.v2" }],
    ["clips/notes.txt", { type: "clip", id: "notes" }],
    ["clips/drums/Deep.TIDAL", { type: "clip", id: "drums-Deep" }],
    ["clips/notes.md", { type: "other" }],
    ["clips/kick.txt.bak", { type: "other" }],
    ["clips/txt", { type: "other" }],
    ["songs/kick.txt", { type: "other" }],
    ["clips/.hidden.js", { type: "other" }],
    ["clips/.js", { type: "other" }],
    ["clips/../songs/x.js", { type: "other" }],
    ["songs/index.md/readme", { type: "other" }],
    ["kick.js", { type: "other" }],
    ["", { type: "other" }],
  ])("%s", (path, expected) => expect(classify(path)).toEqual(expected))
})

describe("slugFor", () => {
  it.each([
    ["kick.js", "kick"],
    ["kick.v2.js", "kick.v2"],
    ["Dirty Kick!.js", "Dirty-Kick"],
    ["_private.js", "private"],
    ["a..b.js", "a.b"],
    ["Ærøskøbing Straße.md", "AEroskobing-Strasse"],
    ["①②.js", "12"],
    ["夜.js", "clip"],
    [".js", "clip"],
    ["x".repeat(150), "x".repeat(100)],
  ])("%s", (fileName, expected) => expect(slugFor(fileName, free)).toBe(expected))

  it("counts up where an id is taken", () => {
    const taken = new Set(["kick", "kick-2", "x".repeat(100)])
    expect(slugFor("kick.js", (id) => taken.has(id))).toBe("kick-3")
    expect(slugFor(`${"x".repeat(100)}.js`, (id) => taken.has(id))).toBe(`${"x".repeat(98)}-2`)
  })

  it("gives valid ids, each once, and keeps a name that is one", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), slug)), (names) => {
        const taken = new Set<string>()
        for (const name of names) {
          const id = slugFor(`${name}.js`, (each) => taken.has(each))
          expect(isSlug(id)).toBe(true)
          expect(taken.has(id)).toBe(false)
          if (isSlug(name) && !taken.has(name)) expect(id).toBe(name)
          taken.add(id)
        }
      }),
    )
  })
})

describe("isSafePath", () => {
  it.each([
    ["clips/kick.js", undefined],
    ["songs/Größe — 夜 🚗.md", undefined],
    ["assets/a..b: c", undefined],
    ["", "not-relative"],
    ["/etc/passwd", "not-relative"],
    ["clips//kick.js", "not-relative"],
    ["C:/kick.js", "not-relative"],
    ["clips/c:kick.js", "not-relative"],
    ["../kick.js", "leaves-folder"],
    ["clips/../../kick.js", "leaves-folder"],
    ["./kick.js", "leaves-folder"],
    ["clips\\kick.js", "character"],
    ["clips/ki\0ck.js", "character"],
    ["clips/ki\nck.js", "character"],
    ["clips/\ud800.js", "character"],
    ["clips/.. /kick.js", "trailing-dot-or-space"],
    ["clips/kick.js.", "trailing-dot-or-space"],
    ["clips/CON.js", "device-name"],
    ["lpt1/kick.js", "device-name"],
    [`clips/${"ü".repeat(127)}.js`, "too-long"],
  ])("%j: %s", (path, problem) => {
    expect(pathProblem(path)).toBe(problem)
    expect(isSafePath(path)).toBe(problem === undefined)
  })

  it("lets no path out of its folder", () => {
    const part = fc.oneof(
      fc.constantFrom("..", ".", "", "/", "\\", "C:", "a", " ", "con", "..\\"),
      fc.string({ unit: "binary" }),
    )
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const path = parts.join("/")
        fc.pre(isSafePath(path))
        expect(posix.resolve("/base", path).startsWith("/base/")).toBe(true)
        expect(win32.resolve("D:\\base", path).startsWith("D:\\base\\")).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe("fileNameFor", () => {
  it("names a file that is safe everywhere and reads back as the same id", () => {
    expect(fileNameFor("kick", "clip")).toBe("kick.js")
    expect(fileNameFor("aux", "clip")).toBe("_aux.js")
    const id = fc.oneof(slug, fc.constantFrom("con", "NUL.x", "com1", "a.", "x.js", "y.md"))
    fc.assert(
      fc.property(id, fc.constantFrom(...types), (each, type) => {
        expect(isSafePath(pathFor(each, type))).toBe(true)
        expect(classify(pathFor(each, type))).toEqual({ type, id: each })
      }),
    )
  })
})
