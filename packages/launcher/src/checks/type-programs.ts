import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { root, workspaceFolders } from "../project.ts"

/** What is read of the tsconfig.json of a package. */
interface Config {
  compilerOptions?: object
  include: string[]
  exclude: string[]
}

const readConfig = (folder: string): Config => {
  const config: Config = JSON.parse(readFileSync(join(root, folder, "tsconfig.json"), "utf8"))
  return config
}

/**
 * Writes configurations of the compiler into a folder, one for all packages with the same options, and returns their
 * files: what several packages import is checked once for all of them.
 */
export function writeTypePrograms(into: string): string[] {
  const programs = new Map<string, Config>()
  for (const folder of workspaceFolders().filter((each) => existsSync(join(root, each, "tsconfig.json")))) {
    const { compilerOptions = {}, include, exclude } = readConfig(folder)
    const options = JSON.stringify(compilerOptions)
    const program = programs.get(options) ?? { compilerOptions, include: [], exclude: [] }
    program.include.push(...include.map((path) => join(root, folder, path)))
    program.exclude.push(...exclude.map((path) => join(root, folder, path)))
    programs.set(options, program)
  }
  const typeRoots = [join(root, "packages/launcher/node_modules/@types")]
  return [...programs.values()].map(({ compilerOptions, ...files }, index) => {
    const file = join(into, `tsconfig.${index}.json`)
    const base = join(root, "tsconfig.base.json")
    writeFileSync(file, JSON.stringify({ extends: base, compilerOptions: { ...compilerOptions, typeRoots }, ...files }))
    return file
  })
}
