import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, test } from "node:test"
import { installFingerprint, outputFingerprint, sourceFingerprint } from "./fingerprint.mjs"
import { workspaceFolders } from "./project.mjs"

let root

const write = (file, text) => {
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
function notices(fingerprint, file, text) {
  const before = fingerprint(root)
  write(file, text)
  return fingerprint(root) !== before
}

test("the packages of the workspace are found by its patterns", () => {
  mkdirSync(join(root, "apps", "empty"))
  assert.deepEqual(workspaceFolders(root), ["apps/server", "apps/web", "e2e", "prisma"])
})

test("a build is due after an edit of a source, of a setting and of what is installed", () => {
  assert.ok(notices(sourceFingerprint, "apps/web/src/page.tsx", "export default 2\n"))
  assert.ok(notices(sourceFingerprint, "apps/web/src/new.tsx", ""))
  assert.ok(notices(sourceFingerprint, "apps/web/.env.production", "A=1\n"))
  assert.ok(notices(sourceFingerprint, "prisma/schema.prisma", "model A {}\n"))
  assert.ok(notices(sourceFingerprint, "pnpm-lock.yaml", "lockfileVersion: 10\n"))
})

test("a build is due when text moves from one source to another", () => {
  write("apps/web/src/a.ts", "1\n2\n")
  write("apps/web/src/b.ts", "3\n")
  const before = sourceFingerprint(root)
  write("apps/web/src/a.ts", "1\n")
  write("apps/web/src/b.ts", "2\n3\n")
  assert.notEqual(sourceFingerprint(root), before)
})

test("a build is not due after its own output, a test, a browser test, or a file that was only touched", () => {
  assert.ok(!notices(sourceFingerprint, "apps/web/.next/BUILD_ID", "1"))
  assert.ok(!notices(sourceFingerprint, "apps/server/dist/main.mjs", "1"))
  assert.ok(!notices(sourceFingerprint, "apps/web/src/page.test.ts", "1"))
  assert.ok(!notices(sourceFingerprint, "e2e/src/page.spec.ts", "1"))
  const before = sourceFingerprint(root)
  utimesSync(join(root, "apps/web/src/page.tsx"), new Date(), new Date())
  assert.equal(sourceFingerprint(root), before)
})

test("an install is due after a change of the lockfile and of any manifest, but not of a source", () => {
  assert.ok(notices(installFingerprint, "pnpm-lock.yaml", "lockfileVersion: 10\n"))
  assert.ok(notices(installFingerprint, "e2e/package.json", '{"dependencies":{}}'))
  assert.ok(!notices(installFingerprint, "apps/web/src/page.tsx", "export default 3\n"))
})

test("built files are known again until one is written anew or removed", () => {
  const outputs = ["apps/server/dist/main.mjs"]
  assert.equal(outputFingerprint(root, outputs), undefined)
  write(outputs[0], "1")
  const before = outputFingerprint(root, outputs)
  assert.equal(outputFingerprint(root, outputs), before)
  write(outputs[0], "12")
  assert.notEqual(outputFingerprint(root, outputs), before)
})
