import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { Refusal } from "./refusal.mjs"

/** The root of the project, as an absolute path. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..")

/** Returns the folders of the workspace's packages, relative to its root, sorted. */
export function workspaceFolders(base = root) {
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
export function packageManager(base = root) {
  return readJson(join(base, "package.json")).packageManager.split("+")[0]
}

/** Returns the script that a package installed for a folder of the workspace offers as a program. */
export function programOf(packageName, folder = ".", base = root) {
  const home = join(base, folder, "node_modules", packageName)
  if (!existsSync(home)) throw new Refusal(`${packageName} is not installed in ${join(base, folder)}.`)
  const { bin } = readJson(join(home, "package.json"))
  return join(home, typeof bin === "string" ? bin : Object.values(bin)[0])
}

/** Returns the parsed content of a JSON file. */
export function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"))
}

function children(base, parent) {
  const folder = join(base, parent)
  return existsSync(folder) ? readdirSync(folder).map((name) => `${parent}/${name}`) : []
}
