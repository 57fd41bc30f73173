import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const sources = join(import.meta.dirname, "../..")
const files = readdirSync(sources, { recursive: true, encoding: "utf8" })
  .filter((path) => /(?<!\.test)\.tsx?$/.test(path))
  .map((path) => ({ path, source: readFileSync(join(sources, path), "utf8") }))

/** They listen to keys in one element of the page, or ask the one who gave them the keys. */
const others = ["features/clips/page/use-clip-player.ts", "features/player/preview.ts"]

it("whatever listens to the keys of the page asks whether they are typed into a dialog", () => {
  const listening = files.filter(({ source }) => /(?<![.\w])addEventListener\("keydown"/.test(source))
  expect(listening.length).toBeGreaterThan(8)
  const deaf = listening.filter(({ source }) => !/isCovered\(event\.target\)/.test(source)).map(({ path }) => path)
  expect(deaf.sort()).toEqual([...others].sort())
})

it("every dialog is made of the one that gives its first field the focus", () => {
  const own = files.filter(({ source }) => /@base-ui\/react\/(?:alert-)?dialog|<dialog\b/.test(source))
  expect(own.map(({ path }) => path).sort()).toEqual(["features/search/palette/palette.tsx", "shared/ui/dialog.tsx"])
})
