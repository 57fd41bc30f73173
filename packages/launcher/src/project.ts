import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { Refusal } from "./refusal.ts"

/** What is read of a package.json. */
interface Manifest {
  bin?: string | Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  packageManager?: string
  scripts?: Record<string, string>
}

/** The root of the project, as an absolute path, from a source and from a bundle. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..")

/** What runs as a program of its own: `bootstrap/…` as it is written, `dist/…` as it was bundled. */
export const launcherFile = (path: string): string => join(root, "packages/launcher", path)

/** Returns the folders of the workspace's packages, relative to its root, sorted. */
export function workspaceFolders(base = root): string[] {
  const lines = readFileSync(join(base, "pnpm-workspace.yaml"), "utf8").split(/\r?\n/)
  const start = lines.indexOf("packages:") + 1
  const end = lines.findIndex((line, index) => index >= start && !line.startsWith("  - "))
  const patterns = lines.slice(start, end === -1 ? undefined : end).map((line) => line.slice(4).replace(/["']/g, ""))
  return patterns
    .flatMap((pattern) => (pattern.endsWith("/*") ? children(base, pattern.slice(0, -2)) : [pattern]))
    .filter((folder) => existsSync(join(base, folder, "package.json")))
    .sort()
}

/** Returns the package manager with its exact version, such as `pnpm@12.0.0`. */
export function packageManager(): string {
  const [name] = readManifest(root).packageManager?.split("+") ?? []
  if (!name) throw new Error(`${join(root, "package.json")} names no packageManager`)
  return name
}

/** Returns the script that a package installed for a folder of the workspace offers as a program. */
export function programOf(packageName: string, folder = "."): string {
  const home = join(root, folder, "node_modules", packageName)
  if (!existsSync(home)) throw new Refusal(`${packageName} is not installed in ${join(root, folder)}.`)
  const { bin = {} } = readManifest(home)
  const [script] = typeof bin === "string" ? [bin] : Object.values(bin)
  if (!script) throw new Error(`${packageName} is no program`)
  return join(home, script)
}

/** Returns what the package.json of a folder says. */
export function readManifest(folder: string): Manifest {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  return manifest
}

function children(base: string, parent: string): string[] {
  const folder = join(base, parent)
  return existsSync(folder) ? readdirSync(folder).map((name) => `${parent}/${name}`) : []
}
