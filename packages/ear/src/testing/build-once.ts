import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** The folder into which the ear's child was built as it stands. */
    earPackage: string
  }
}

/** A global setup of vitest: builds the package once for all of its test files. */
export default function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "strudel-ear-"))
  execFileSync(process.execPath, [fileURLToPath(new URL("../../build.mjs", import.meta.url)), folder])
  provide("earPackage", folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
