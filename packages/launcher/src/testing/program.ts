import { rmSync } from "node:fs"
import { buildSync } from "esbuild"
import { onTestFinished } from "vitest"
import { launcherFile } from "../project.ts"

let count = 0

/** Makes a program of a text that imports the launcher's modules, for the time of a test; returns its file. */
export function makeProgram(contents: string): string {
  const outfile = launcherFile(`dist/test-${process.pid}-${++count}.mjs`)
  buildSync({
    stdin: { contents, loader: "ts", resolveDir: launcherFile("src") },
    ...{ outfile, bundle: true, platform: "node", format: "esm", target: "node20.19" },
  })
  onTestFinished(() => rmSync(outfile, { force: true }))
  return outfile
}
