import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { afterAll } from "vitest"
import type { StrudelEngine } from "../engine.ts"
import { TuningsArchive } from "../tunings-archive.ts"

/** Builds the package as it stands into a folder of its own, which goes when the test file is done. */
export function buildPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), "strudel-engine-"))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  execFileSync(process.execPath, [fileURLToPath(new URL("../../build.mjs", import.meta.url)), folder])
  return folder
}

declare global {
  var strudelEngine: StrudelEngine
}

/** The built engine in this very process, told of every scale of the archive. Tests speak to it alone: Strudel's libraries do not load in Node unbundled. */
export async function loadEngine(folder: string): Promise<StrudelEngine> {
  await import(/* @vite-ignore */ pathToFileURL(join(folder, "engine.js")).href)
  const tunings = TuningsArchive.parse(JSON.parse(readFileSync(join(folder, "tunings.json"), "utf8")))
  await globalThis.strudelEngine.evaluate("silence", { tunings })
  return globalThis.strudelEngine
}
