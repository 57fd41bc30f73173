import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { workspaceFolders } from "./project.mjs"

/** Folders that tools write, and tests' own. */
const ignoredFolder = /^(\..*|node_modules|dist|generated|fixtures|test-results|playwright-report)$/
/** Files that tools write, and tests, which no build contains. */
const ignoredFile = /^next-env\.d\.ts$|\.(test\.\w+|tsbuildinfo|log)$/

const rootFiles = [
  ".npmrc",
  "package.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "tsconfig.base.json",
  "turbo.json",
]

/** Returns a digest of all that decides what an install puts where, the running Node included. */
export function installFingerprint(root) {
  const manifests = workspaceFolders(root).map((folder) => join(folder, "package.json"))
  const machine = [process.version, process.platform, process.arch, root].join("\n")
  return digest(root, [...rootFiles, ...manifests], machine)
}

/** Returns a digest of the content of every source that a build may read. */
export function sourceFingerprint(root) {
  const sources = workspaceFolders(root)
    .filter((folder) => !["e2e", "bench", "faults"].includes(folder))
    .flatMap((folder) => filesBelow(root, folder))
  return digest(root, [...rootFiles, ...sources])
}

/** Returns a digest that changes when one of some built files is replaced, or undefined if one is missing. */
export function outputFingerprint(root, files) {
  if (!files.every((file) => existsSync(join(root, file)))) return undefined
  const facts = files.map((file) => statSync(join(root, file))).map(({ size, mtimeMs }) => `${size} ${mtimeMs}`)
  return digest(root, [], facts.join("\n"))
}

function filesBelow(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return ignoredFolder.test(entry.name) ? [] : filesBelow(root, path)
      return entry.isFile() && !ignoredFile.test(entry.name) ? [path] : []
    })
}

function digest(root, files, more = "") {
  const hash = createHash("sha256").update(more)
  for (const file of files) {
    const path = join(root, file)
    if (!existsSync(path)) continue
    const content = readFileSync(path)
    hash.update(`\n${file} ${content.length}\n`).update(content)
  }
  return hash.digest("hex")
}
