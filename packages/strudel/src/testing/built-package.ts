import { readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { inject } from "vitest"
import type { StrudelEngine } from "../engine.ts"
import { TuningsArchive } from "../tunings-archive.ts"
import "./build-once.ts"

/** The folder into which the package is built as it stands. */
export const builtPackage = (): string => inject("strudelPackage")

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
