import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type Insertion, insertions } from "./insertions.ts"
import { type Names, namesProblem, renamed } from "./names.ts"

/** Why no resource is made, in words for whoever asked for it. */
export class Refusal extends Error {
  override readonly name = "Refusal"
}

/** A file as it is to be written. */
export interface PlannedFile {
  /** From the root, with forward slashes. */
  path: string
  text: string
  /** Whether it is there already and gets more lines. */
  isChanged: boolean
}

const ending = ".template"
const migrations = "prisma/migrations"

/** Puts an insertion's text into a file's. */
export function insertInto(source: string, { file, behind, at, put, text }: Insertion): string {
  const start = behind === undefined ? 0 : source.indexOf(behind)
  const place = start < 0 ? -1 : source.indexOf(at, start)
  if (place < 0) throw new Refusal(`${file} has no place for it: no "${at}"${behind ? ` behind "${behind}"` : ""}.`)
  const index =
    put === "in" ? place : put === "before" ? source.lastIndexOf("\n", place) + 1 : source.indexOf("\n", place) + 1
  return `${source.slice(0, index)}${text}${put === "in" ? "" : "\n"}${source.slice(index)}`
}

/** The words of a list of texts in a file, such as `["clip", "song"]` behind `export const itemKinds =`. */
function wordsBehind(source: string, mark: string): string[] {
  const list = source.slice(source.indexOf(mark)).split("]", 1)[0] ?? ""
  return [...list.matchAll(/"([^"]+)"/g)].map(([, word = ""]) => word)
}

/** The first letter of a name, else of the alphabet, that no page is opened by. */
function freeKey(shortcuts: string, { one }: Names): string {
  const taken = new Set([...shortcuts.matchAll(/\b(?:key: "|keys: "[gc] )(\w)"/g)].map(([, key]) => key))
  const free = [...`${one}abcdefghijklmnopqrstuvwxyz`].find((letter) => !taken.has(letter))
  if (free === undefined) throw new Refusal("No letter is left for a key that opens its list.")
  return free
}

/** The name of a migration that comes behind all there are. */
function migrationName(root: string, { many }: Names, now: Date): string {
  const [last = ""] = readdirSync(join(root, migrations))
    .filter((name) => /^\d{14}_/.test(name))
    .sort()
    .slice(-1)
  const stamp = now.toISOString().replace(/\D/g, "").slice(0, 14)
  const following = String(BigInt(last.slice(0, 14) || "0") + 1n)
  return `${[stamp, following].sort().at(-1)}_${many}`
}

/** The files that a new resource writes and changes, of which none is written yet. Throws a `Refusal` where it cannot be. */
export function planResource(root: string, names: Names, now = new Date()): PlannedFile[] {
  const problem = namesProblem(names)
  if (problem) throw new Refusal(problem)
  const read = (path: string) => readFileSync(join(root, path), "utf8")
  const kinds = wordsBehind(read("prisma/src/item-kinds.ts"), "export const itemKinds =")
  const records = read("packages/api/src/root.ts")
  if ([...kinds, "project", "session", "pack", "chat"].includes(names.one) || records.includes(`\n  ${names.one}: `))
    throw new Refusal(`There is a resource "${names.one}" already.`)

  const values: Record<string, string> = {
    kinds: [...kinds, names.one].map((kind) => `'${kind}'`).join(", "),
    key: freeKey(
      `${read("apps/web/src/shared/shell/places.ts")}${read("apps/web/src/shared/shell/shortcuts-actions.ts")}`,
      names,
    ),
  }
  const filled = (text: string) =>
    renamed(text, names).replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "")

  const folder = join(root, "packages/new-resource/templates")
  const templates = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(ending))
  const files = new Map<string, PlannedFile>()
  for (const template of templates.sort()) {
    const source = readFileSync(join(folder, template), "utf8")
    const clash = [names.one, names.many].find(
      (name) => !/^samples?$/.test(name) && new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(source),
    )
    if (clash) throw new Refusal(`"${clash}" is a word of the code that a resource is made of: choose another.`)
    const path = filled(template.slice(0, -ending.length).replaceAll("\\", "/")).replace(
      `${migrations}/${names.many}`,
      `${migrations}/${migrationName(root, names, now)}`,
    )
    if (existsSync(join(root, path))) throw new Refusal(`${path} is there already.`)
    files.set(path, { path, text: filled(source), isChanged: false })
  }
  for (const insertion of insertions) {
    const { file: path, text } = insertion
    const before = files.get(path)?.text ?? read(path)
    files.set(path, { path, text: insertInto(before, { ...insertion, text: filled(text) }), isChanged: true })
  }
  return [...files.values()]
}
