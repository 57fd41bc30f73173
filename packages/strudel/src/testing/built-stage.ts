import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { builtPackage } from "./built-package.ts"

/** A stage as the sandbox's worker has it, in this very process. */
export async function loadStage(): Promise<ReturnType<typeof import("../evaluation/perform.ts").openStage>> {
  const folder = builtPackage()
  execFileSync(process.execPath, [fileURLToPath(new URL("build-stage.mjs", import.meta.url)), folder])
  const { openStage }: typeof import("../evaluation/perform.ts") = await import(
    /* @vite-ignore */ pathToFileURL(join(folder, "perform.mjs")).href
  )
  return openStage()
}
