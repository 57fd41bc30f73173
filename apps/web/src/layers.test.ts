import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { describe, expect, it } from "vitest"
import { drawArchitecture } from "./testing/architecture-picture.ts"
import { between, circlesOf, type Graph, withoutShortcuts } from "./testing/graph.ts"
import { areaOf, folderOf, forbiddenImports } from "./testing/layers.ts"
import { readPageImports } from "./testing/page-imports.ts"
import { readWorkspace } from "./testing/workspace.ts"

const root = join(import.meta.dirname, "..", "..", "..")
const biome = join(
  dirname(createRequire(join(root, "package.json")).resolve("@biomejs/biome/package.json")),
  "bin/biome",
)
const imports = readPageImports(import.meta.dirname)
const areas = between(imports, areaOf)

const graphOf = (arrows: Record<string, string[]>): Graph =>
  new Map(Object.entries(arrows).map(([name, others]) => [name, new Set(others)]))

describe("the folders of the page", () => {
  it("are read with all that their files import", () => {
    expect(imports.size).toBeGreaterThan(500)
    const targets = [...imports.values()].flatMap((others) => [...others])
    expect(targets.filter((file) => !imports.has(file) && !file.endsWith(".css"))).toEqual([])
    // By a route on demand, by a type, by a worker, by its alias.
    expect(imports.get("app/islands.tsx")).toContain("features/stage/stage-view.tsx")
    expect(imports.get("shared/items/row-menu.tsx")).toContain("shared/ui/menu.tsx")
    expect(imports.get("features/import/use-import.ts")).toContain("features/import/import-worker.ts")
    expect(imports.get("shared/api/server.ts")).toContain("env.ts")
  })

  it("import downwards alone: routes, features, what they share", () => {
    expect(forbiddenImports(imports)).toEqual([])
  })

  it("lead to no other folder, nor a file to another file, that leads back", () => {
    expect(circlesOf(imports)).toEqual([])
    expect(circlesOf(areas)).toEqual([])
    expect(circlesOf(between(imports, folderOf))).toEqual([])
  })
})

const parts = ["apps", "packages", "prisma", "bench", "faults", "examples", "e2e"]
const passedOver = new Set(["node_modules", "dist", "generated", "migrations"])
const isPassedOver = (name: string) => name.startsWith(".") || passedOver.has(name)

/** How many source files each folder below one has, tests not counted. */
function countFiles(folder: string): [folder: string, count: number][] {
  const entries = readdirSync(folder, { withFileTypes: true })
  const own = entries.filter((entry) => entry.isFile() && /(?<!\.test|\.e2e)\.(?:tsx?|mjs)$/.test(entry.name))
  const inner = entries.filter((entry) => entry.isDirectory() && !isPassedOver(entry.name))
  return [[relative(root, folder), own.length], ...inner.flatMap(({ name }) => countFiles(join(folder, name)))]
}

it("no folder of the repository holds more than 30 files", () => {
  const counts = parts.flatMap((part) => countFiles(join(root, part)))
  expect(counts.length).toBeGreaterThan(150)
  expect(counts.filter(([, count]) => count > 30)).toEqual([])
})

/** The test files below a folder. */
function testsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return isPassedOver(entry.name) ? [] : testsBelow(join(folder, entry.name))
    return /\.test\.tsx?$/.test(entry.name) ? [join(folder, entry.name)] : []
  })
}

it("no test replaces modules that the tests of other files share", () => {
  const [, named = ""] =
    /isolated = new Set\(\[([^\]]*)\]\)/.exec(readFileSync(join(root, "vitest.config.ts"), "utf8")) ?? []
  const isolated = new Set([...named.matchAll(/"([^"]+)"/g)].map(([, name]) => name))
  expect(isolated).toContain("sandbox")
  const tests = parts.flatMap((part) => testsBelow(join(root, part))).map((file) => relative(root, file))
  expect(tests.length).toBeGreaterThan(300)
  const sharing = tests.filter((file) => !file.split("/").some((name) => isolated.has(name)))
  const replaces = (file: string) => /\bvi\.(?:mock|doMock|resetModules)\(/.test(readFileSync(join(root, file), "utf8"))
  expect(sharing.filter(replaces)).toEqual([])
})

it("no package of the workspace needs one that needs it", () => {
  const packages = readWorkspace(root, { dev: true })
  expect(packages.get("apps/web")).toContain("packages/client")
  expect(circlesOf(packages)).toEqual([])
})

describe("what looks for wrong imports", () => {
  it("finds those that lead upwards or into a sibling", () => {
    const wrong = graphOf({
      "shared/ui/button.tsx": ["features/clips/card/clip-card.tsx", "shared/words/count.ts", "app/islands.tsx"],
      "features/clips/card/clip-card.tsx": ["features/clips/page/clip-page.tsx", "features/stage/stage-view.tsx"],
      "features/stage/stage-view.tsx": ["shared/ui/button.tsx", "app/page.tsx", "env.ts"],
      "env.ts": ["shared/ui/button.tsx"],
      "app/islands.tsx": ["features/stage/stage-view.tsx"],
    })
    expect(forbiddenImports(wrong)).toEqual([
      "shared/ui/button.tsx → features/clips/card/clip-card.tsx",
      "shared/ui/button.tsx → app/islands.tsx",
      "features/clips/card/clip-card.tsx → features/stage/stage-view.tsx",
      "features/stage/stage-view.tsx → app/page.tsx",
      "env.ts → shared/ui/button.tsx",
    ])
  })

  it("finds circles of folders whose files make none", () => {
    const files = graphOf({ "a/1": ["b/1"], "b/1": [], "b/2": ["c/1"], "c/1": ["a/2"], "a/2": [], "d/1": ["a/1"] })
    expect(circlesOf(files)).toEqual([])
    expect(circlesOf(between(files, (file) => file.slice(0, 1)))).toEqual([["a", "b", "c"]])
  })

  it("leaves an arrow out of the picture where a longer way tells it", () => {
    const graph = graphOf({ a: ["b", "c"], b: ["c"], c: [] })
    expect(withoutShortcuts(graph)).toEqual(graphOf({ a: ["b"], b: ["c"], c: [] }))
  })
})

describe("the lint rule", () => {
  const refused: [file: string, specifier: string][] = [
    ["features/clips/card/card.tsx", "#features/stage/stage-view.tsx"],
    ["features/clips/card/card.tsx", "../../stage/stage-view.tsx"],
    ["features/stage/stage.tsx", "../clips/card/card.tsx"],
    ["features/stage/stage.tsx", "#features/clips/card/card.tsx"],
    ["features/stage/stage.tsx", "../../app/islands.tsx"],
    ["features/stage/stage.tsx", "@strudel-agent/database"],
    ["shared/ui/button.tsx", "#features/stage/stage-view.tsx"],
    ["shared/ui/button.tsx", "../../features/stage/stage-view.tsx"],
    ["shared/ui/button.tsx", "../../app/islands.tsx"],
    ["shared/ui/button.tsx", "@strudel-agent/database"],
    ["app/page.tsx", "@strudel-agent/database"],
  ]
  const taken: [file: string, specifier: string][] = [
    ["features/clips/card/card.tsx", "../page/clip-page.tsx"],
    ["features/stage/stage.tsx", "./stage-view.tsx"],
    ["features/stage/stage.tsx", "#shared/ui/button.tsx"],
    ["shared/ui/button.tsx", "#shared/words/count.ts"],
    ["app/page.tsx", "#features/stage/stage-view.tsx"],
  ]

  it("refuses imports of siblings and upwards, and takes all others", () => {
    const house = mkdtempSync(join(tmpdir(), "strudel-agent-layers-"))
    try {
      cpSync(join(root, "biome.json"), join(house, "biome.json"))
      const paths = [...refused, ...taken].map(([file, specifier], index) => {
        const path = join("apps/web/src", dirname(file), `${index}.tsx`)
        mkdirSync(dirname(join(house, path)), { recursive: true })
        writeFileSync(join(house, path), `export const part = () => import("${specifier}")\n`)
        return path
      })
      const args = ["lint", "--vcs-enabled=false", "--only=style/noRestrictedImports", "--reporter=json", "."]
      const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: house, encoding: "utf8" })
      const report: { diagnostics: { location: { path: string } }[] } = JSON.parse(stdout)
      const found = report.diagnostics.map(({ location }) => location.path)
      expect(found.toSorted()).toEqual(paths.slice(0, refused.length).toSorted())
    } finally {
      rmSync(house, { recursive: true, force: true })
    }
  })
})

describe("docs/architecture.md", () => {
  const path = join(root, "docs", "architecture.md")
  const text = readFileSync(path, "utf8")

  /** `npx vitest run --project web layers -u` draws it anew. */
  it("shows the packages and folders as they are", async () => {
    const picture = drawArchitecture(readWorkspace(root, { dev: false }), areas)
    const drawn = text.replace(/(?<=```mermaid\n).*?(?=\n```)/s, () => picture)
    await expect(drawn).toMatchFileSnapshot(path)
  })

  it("says of each folder what it holds", () => {
    const named = [...text.matchAll(/^\| `((?:features|shared)\/[a-z-]+)` \| \S/gm)].map(([, name]) => name)
    expect(named.toSorted()).toEqual([...areas.keys()].filter((area) => /[/]/.test(area)).toSorted())
  })
})
