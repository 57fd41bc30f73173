import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const sources = join(import.meta.dirname, "../..")

/** The keys of every action that a page, or all of them, offers. */
const keysOfAll = readdirSync(sources, { recursive: true, encoding: "utf8" })
  .filter((path) => /(?<!\.test)\.tsx?$/.test(path))
  .flatMap((path) =>
    [...readFileSync(join(sources, path), "utf8").matchAll(/\bkeys: ["`]([^"`]+)["`]/g)].map(([, keys = ""]) => ({
      path,
      keys,
    })),
  )

it("no key of a page takes the place of the first key of a sequence", () => {
  const firsts = new Set(keysOfAll.flatMap(({ keys }) => (keys.includes(" ") ? [keys.split(" ")[0]] : [])))
  expect([...firsts].sort()).toEqual(["c", "g"])
  const singles = keysOfAll.filter(({ keys }) => !keys.includes(" "))
  expect(singles.length).toBeGreaterThan(20)
  expect(singles.filter(({ keys }) => firsts.has(keys))).toEqual([])
})

it("what a list listens for is on the keyboard map", () => {
  const lists = [...new Set(keysOfAll.map(({ path }) => path))].map((path) => {
    const source = readFileSync(join(sources, path), "utf8")
    const [, listened = ""] = /\buseListKeys\(\{([\s\S]*?)\n {2}\}\)/.exec(source) ?? []
    const listed = new Set(keysOfAll.filter((each) => each.path === path).map(({ keys }) => keys))
    const names = [...listened.matchAll(/^ {4}"?([\w+]+)"?:/gm)].map(([, name = ""]) => name)
    return { path, names, unlisted: names.filter((name) => !listed.has(name)) }
  })
  expect(lists.find(({ path }) => path === "features/clips/library/clip-board.tsx")?.names).toContain("F2")
  expect(lists.filter(({ unlisted }) => unlisted.length > 0)).toEqual([])
})
