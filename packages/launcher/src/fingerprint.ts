import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { workspaceFolders } from "./project.ts"

/** Folders that tools write, and tests' own. */
const ignoredFolder = /^(\..*|node_modules|dist|generated|fixtures|test-results|playwright-report)$/
/** Files that tools write, and tests, which no build contains. */
const ignoredFile = /^next-env\.d\.ts$|\.(test\.\w+|tsbuildinfo|log)$/
/** Packages that no build contains. */
const unbuilt = new Set(["e2e", "bench", "faults", "packages/launcher"])

const rootFiles = [
  ".npmrc",
  "package.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "tsconfig.base.json",
  "turbo.json",
]

/** Returns a digest of all that decides what an install puts where, the running Node included. */
export function installFingerprint(root: string): string {
  const manifests = workspaceFolders(root).map((folder) => join(folder, "package.json"))
  const machine = [process.version, process.platform, process.arch, root].join("\n")
  return digest(root, [...rootFiles, ...manifests], machine)
}

/** Returns a digest of the content of every source that a build may read. */
export function sourceFingerprint(root: string): string {
  const folders = workspaceFolders(root).filter((folder) => !unbuilt.has(folder))
  return digest(root, [...rootFiles, ...folders.flatMap((folder) => filesBelow(root, folder))])
}

/** Returns a digest that changes when a built file is replaced, or undefined if it is missing. */
export function outputFingerprint(root: string, file: string): string | undefined {
  const facts = statSync(join(root, file), { throwIfNoEntry: false })
  return facts && digest(root, [], `${facts.size} ${facts.mtimeMs}`)
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return ignoredFolder.test(entry.name) ? [] : filesBelow(root, path)
      return entry.isFile() && !ignoredFile.test(entry.name) ? [path] : []
    })
}

function digest(root: string, files: string[], more = ""): string {
  const hash = createHash("sha256").update(more)
  for (const file of files) {
    const path = join(root, file)
    if (!existsSync(path)) continue
    const content = readFileSync(path)
    hash.update(`\n${file} ${content.length}\n`).update(content)
  }
  return hash.digest("hex")
}
