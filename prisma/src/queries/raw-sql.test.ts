import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const root = join(import.meta.dirname, "../../..")
const read = (path: string) => readFileSync(join(root, path), "utf8")

/** A statement whose rows have the type that stands beside it: Prisma's raw ones, and the builder's that are all text. */
const rawRows = /\$(query|execute)Raw(Unsafe)?\b|\bCompiledQuery\.raw\b|`\s*\.execute\(/

/** Folders of what is installed, built or for tests alone, in which others may work at this moment. */
const passedOver = new Set(["node_modules", "generated", "testing", "dist", ".next"])

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return passedOver.has(entry.name) ? [] : sourcesIn(path)
    return /\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path) ? [path] : []
  })

const sources = ["prisma/src", "packages", "apps", "bench"].flatMap(sourcesIn)

it("rows are typed by the schema but in the files that the decision names", () => {
  const [, named = ""] = read("docs/decisions/0023-typed-sql.md").split("**Raw as a whole**")
  const [list = ""] = named.split("\n\n")
  const allowed = new Set([...list.matchAll(/`([a-z/-]+\.ts)`/g)].map(([, name]) => `prisma/src/queries/${name}`))
  const raw = sources.filter((path) => rawRows.test(read(path)))
  expect(raw).toContain("prisma/src/kysely-connections.ts")
  expect(raw.filter((path) => !allowed.has(path) && path !== "prisma/src/kysely-connections.ts")).toEqual([])
})
