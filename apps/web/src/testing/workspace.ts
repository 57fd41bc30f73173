import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Graph } from "./graph.ts"

interface Manifest {
  name: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

/** The packages of the workspace by the paths of their folders, each with those that it needs. */
export function readWorkspace(root: string, { dev }: { dev: boolean }): Graph {
  const folders = ["", "packages", "apps"].flatMap((above) =>
    readdirSync(join(root, above)).map((name) => (above ? `${above}/${name}` : name)),
  )
  const packages = folders
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .map((folder) => {
      const manifest: Manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"))
      return { folder, manifest }
    })
  const folderOf = new Map(packages.map(({ folder, manifest }) => [manifest.name, folder]))
  return new Map(
    packages.map(({ folder, manifest: { dependencies, devDependencies } }) => {
      const needed = Object.keys({ ...dependencies, ...(dev && devDependencies) })
      return [folder, new Set(needed.flatMap((name) => folderOf.get(name) ?? []))]
    }),
  )
}
