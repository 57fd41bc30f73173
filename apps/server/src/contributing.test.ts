import { existsSync, readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { z } from "zod"

const root = new URL("../../../", import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), "utf8")
const text = read("CONTRIBUTING.md")

/** What a pattern's group finds in the text, each once. */
const found = (pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, word = ""]) => word))]

const manifest = z
  .object({ scripts: z.record(z.string(), z.string()), packageManager: z.string() })
  .parse(JSON.parse(read("package.json")))
const packages = readdirSync(new URL("packages", root)).map((name) => `packages/${name}`)

describe("CONTRIBUTING.md", () => {
  it.each(found(/npm run (?:-s )?([a-z-]+)/g))("has a command npm run %s that there is", (name) => {
    expect(manifest.scripts).toHaveProperty([name])
  })

  it.each(
    found(/`((?:apps|packages|prisma|docs|scripts|e2e|bench|faults)\/[^`*…]*)`/g).filter(
      (path) => !/samples?\b/.test(path),
    ),
  )("names %s, which there is", (path) => {
    expect(existsSync(new URL(path, root))).toBe(true)
  })

  it.each(found(/--project ([a-z-]+)/g))("names the tests of %s, which there are", (name) => {
    const folders = name === "database" ? ["prisma"] : [`packages/${name}`, `apps/${name}`, name]
    expect(folders.some((folder) => existsSync(new URL(folder, root)))).toBe(true)
  })

  it("names the package manager by its version", () => {
    expect(found(/-p (pnpm@[\d.]+)/g)).toEqual([manifest.packageManager])
  })

  it("says of each package what lies there", () => {
    expect(found(/^\| `(packages\/[^/`]+)` \|/gm).sort()).toEqual(packages.sort())
  })

  it("shows new resources by the command that makes them", () => {
    expect(text).toContain("npm run -s new-resource -- sample")
  })
})
