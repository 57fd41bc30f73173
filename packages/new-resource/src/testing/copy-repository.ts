import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"

/** What a build step makes of a package's own files, and no commit has. */
const generated = ["packages/strudel/dist", "packages/strudel/src/generated"]

const entriesOf = (modules: string): string[] =>
  readdirSync(modules).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(modules, name)).map((each) => join(name, each)) : [name],
  )

/** Links what is installed for a folder: packages of the workspace to those of the copy, others to where they lie. */
function linkModules(root: string, copy: string, folder: string): void {
  const modules = join(root, folder, "node_modules")
  if (!existsSync(modules)) return
  for (const name of entriesOf(modules).filter((entry) => !entry.startsWith("."))) {
    const target = realpathSync(join(modules, name))
    const inside = relative(root, target)
    const isOfWorkspace = !inside.startsWith("..") && !inside.split(sep).includes("node_modules")
    const link = join(copy, folder, "node_modules", name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(isOfWorkspace ? join(copy, inside) : target, link)
  }
}

/** Copies the repository's own files, committed or not, into an empty folder, with what is installed beside them. */
export function copyRepository(root: string, copy: string): void {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root })
  const files = listed
    .toString()
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(root, path)))
  for (const path of files) cpSync(join(root, path), join(copy, path))
  for (const path of generated)
    if (existsSync(join(root, path))) cpSync(join(root, path), join(copy, path), { recursive: true })
  const folders = files.filter((path) => path.endsWith("package.json")).map((path) => dirname(path))
  for (const folder of folders) linkModules(root, copy, folder)
}
