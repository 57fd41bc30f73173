import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { installFingerprint, outputFingerprint, sourceFingerprint } from "./fingerprint.ts"
import { workspaceFolders } from "./project.ts"

let root: string

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "strudel-fingerprint-"))
  write("pnpm-workspace.yaml", "packages:\n  - prisma\n  - apps/*\n  - e2e\n\ncatalog:\n  next: 1.0.0\n")
  write("package.json", "{}")
  write("pnpm-lock.yaml", "lockfileVersion: 9\n")
  for (const folder of ["prisma", "apps/web", "apps/server", "e2e"]) write(`${folder}/package.json`, "{}")
  write("apps/web/src/page.tsx", "export default 1\n")
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Tells whether a change of one file changes a fingerprint. */
function notices(fingerprint: (root: string) => string, file: string, text: string): boolean {
  const before = fingerprint(root)
  write(file, text)
  return fingerprint(root) !== before
}

test("the packages of the workspace are found by its patterns", () => {
  mkdirSync(join(root, "apps", "empty"))
  expect(workspaceFolders(root)).toEqual(["apps/server", "apps/web", "e2e", "prisma"])
})

test("a build is due after an edit of a source, of a setting and of what is installed", () => {
  expect(notices(sourceFingerprint, "apps/web/src/page.tsx", "export default 2\n")).toBe(true)
  expect(notices(sourceFingerprint, "apps/web/src/new.tsx", "")).toBe(true)
  expect(notices(sourceFingerprint, "apps/web/.env.production", "A=1\n")).toBe(true)
  expect(notices(sourceFingerprint, "prisma/schema.prisma", "model A {}\n")).toBe(true)
  expect(notices(sourceFingerprint, "pnpm-lock.yaml", "lockfileVersion: 10\n")).toBe(true)
})

test("a build is due when text moves from one source to another", () => {
  write("apps/web/src/a.ts", "1\n2\n")
  write("apps/web/src/b.ts", "3\n")
  const before = sourceFingerprint(root)
  write("apps/web/src/a.ts", "1\n")
  write("apps/web/src/b.ts", "2\n3\n")
  expect(sourceFingerprint(root)).not.toBe(before)
})

test("a build is not due after its own output, a test, a browser test, or a file that was only touched", () => {
  expect(!notices(sourceFingerprint, "apps/web/.next/BUILD_ID", "1")).toBe(true)
  expect(!notices(sourceFingerprint, "apps/server/dist/main.mjs", "1")).toBe(true)
  expect(!notices(sourceFingerprint, "apps/web/src/page.test.ts", "1")).toBe(true)
  expect(!notices(sourceFingerprint, "e2e/src/page.spec.ts", "1")).toBe(true)
  const before = sourceFingerprint(root)
  utimesSync(join(root, "apps/web/src/page.tsx"), new Date(), new Date())
  expect(sourceFingerprint(root)).toBe(before)
})

test("an install is due after a change of the lockfile and of any manifest, but not of a source", () => {
  expect(notices(installFingerprint, "pnpm-lock.yaml", "lockfileVersion: 10\n")).toBe(true)
  expect(notices(installFingerprint, "e2e/package.json", '{"dependencies":{}}')).toBe(true)
  expect(!notices(installFingerprint, "apps/web/src/page.tsx", "export default 3\n")).toBe(true)
})

test("built files are known again until one is written anew or removed", () => {
  const output = "apps/server/dist/main.mjs"
  expect(outputFingerprint(root, output)).toBe(undefined)
  write(output, "1")
  const before = outputFingerprint(root, output)
  expect(outputFingerprint(root, output)).toBe(before)
  write(output, "12")
  expect(outputFingerprint(root, output)).not.toBe(before)
})
