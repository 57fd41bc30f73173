import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { readManifest, root, workspaceFolders } from "../project.ts"
import { writeTypePrograms } from "./type-programs.ts"

interface Written {
  compilerOptions: Record<string, unknown>
  include: string[]
}

test("each package whose types are checked by itself is in one program, with the options that it has there", () => {
  const folder = mkdtempSync(join(tmpdir(), "strudel-types-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const programs = writeTypePrograms(folder).map((file): Written => JSON.parse(readFileSync(file, "utf8")))
  const checked = workspaceFolders().filter((each) => readManifest(join(root, each)).scripts?.typecheck)
  expect(checked.length).toBeGreaterThan(20)
  for (const each of checked) {
    const own: Written = JSON.parse(readFileSync(join(root, each, "tsconfig.json"), "utf8"))
    const paths = own.include.map((path) => join(root, each, path))
    const found = programs.filter(({ include }) => paths.every((path) => include.includes(path)))
    expect(found, each).toHaveLength(1)
    const { typeRoots, ...options } = found[0]?.compilerOptions ?? {}
    expect(options, each).toEqual(own.compilerOptions ?? {})
  }
  // Far fewer than packages, or nothing is shared.
  expect(programs.length).toBeLessThan(8)
})
