import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative, sep } from "node:path"
import { onTestFinished } from "vitest"

export type Files = Record<string, string | Uint8Array>

/** An empty folder that goes when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "strudel-agent-cli-")))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files by their paths below a folder. */
export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
  }
}

/** Every file below a folder, as hexadecimal bytes, which compare and show well. */
export function readFiles(folder: string): Record<string, string> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  const entries = files.map((entry) => {
    const path = join(entry.parentPath, entry.name)
    return [relative(folder, path).split(sep).join("/"), readFileSync(path).toString("latin1")]
  })
  return Object.fromEntries(entries.sort())
}

/** Files as `readFiles` gives them. */
export const asRead = (files: Files): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files)
      .map(([path, content]) => [path, Buffer.from(content).toString("latin1")] as const)
      .sort(),
  )
