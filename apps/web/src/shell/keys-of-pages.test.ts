import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const sources = join(import.meta.dirname, "..")

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
