import { type ItemKind, idLength, isSlug, itemFolders, itemKinds } from "@strudel-agent/contract/item"
import { codeEnding } from "./code-file.ts"
import { storableCharacters } from "./storable-text.ts"

/** What a file of a project folder is; `id` is the slug that its name suggests, before any other file has taken it. */
export type Classified = { type: "project" | "other"; id?: undefined } | { type: ItemKind; id: string }

const extensionOf = (type: ItemKind): string => (type === "clip" ? ".js" : ".md")
/** The ending of files that are read as items of a type. */
const readEndingOf = (type: ItemKind): RegExp => (type === "clip" ? codeEnding : /\.md$/i)

/** Letters that Unicode does not take apart into a plain letter and an accent. */
const plainLetters: Record<string, string> = {
  ß: "ss",
  ẞ: "SS",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ø: "o",
  Ø: "O",
  đ: "d",
  Đ: "D",
  ð: "d",
  Ð: "D",
  ł: "l",
  Ł: "L",
  þ: "th",
  Þ: "Th",
  ı: "i",
}

function toSlug(text: string, fallback: string): string {
  const slug = text
    .replace(/[ßẞæÆœŒøØđĐðÐłŁþÞı]/g, (letter) => plainLetters[letter] ?? "")
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/\.{2,}/g, ".")
    .replace(/-{2,}/g, "-")
    .replace(/^[._-]+/, "")
    .slice(0, idLength)
  const trimmed = trimEnd(slug)
  return isSlug(trimmed) ? trimmed : fallback
}

/** Cuts dots, hyphens and underscores off the end. */
function trimEnd(slug: string): string {
  let end = slug.length
  while (end > 0 && "._-".includes(slug.charAt(end - 1))) end--
  return slug.slice(0, end)
}

const stemOf = (fileName: string): string => {
  const name = fileName.split("/").at(-1) ?? ""
  return name.replace(codeEnding.test(name) ? codeEnding : /\.(?:md|ya?ml)$/i, "")
}

/**
 * The id for a file: its name where that is a slug already, else the nearest slug, `fallback` where nothing is left of
 * it; with -2, -3, … where `taken` says that another has it.
 */
export function slugFor(fileName: string, taken: (id: string) => boolean, fallback = "clip"): string {
  const stem = stemOf(fileName)
  const slug = isSlug(stem) ? stem : toSlug(stem, fallback)
  if (!taken(slug)) return slug
  for (let number = 2; ; number++) {
    const ending = `-${number}`
    const candidate = trimEnd(slug.slice(0, idLength - ending.length)) + ending
    if (!taken(candidate)) return candidate
  }
}

/** Says what a file is by its path within the project, with `/` between folders. */
export function classify(path: string): Classified {
  if (path === "index.md") return { type: "project" }
  const [folder, ...rest] = path.split("/")
  if (rest.length === 0 || rest.some((segment) => segment.startsWith("."))) return { type: "other" }
  const type = itemKinds.find((each) => itemFolders[each] === folder)
  if (!type || !readEndingOf(type).test(path)) return { type: "other" }
  const id = slugFor(rest.join("-"), () => false, type)
  return { type, id }
}

/** Names that Windows keeps for devices, with any extension. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unsafeCharacter = /[\\\u0000-\u001f\u007f-\u009f]/
const longestSegment = 255
const encoder = new TextEncoder()

export type PathProblem =
  | "not-relative"
  | "leaves-folder"
  | "device-name"
  | "character"
  | "trailing-dot-or-space"
  | "too-long"

function segmentProblem(segment: string): PathProblem | undefined {
  if (segment === "" || /^[A-Za-z]:/.test(segment)) return "not-relative"
  if (segment === "." || segment === "..") return "leaves-folder"
  if (unsafeCharacter.test(segment) || storableCharacters(segment) !== segment) return "character"
  // Windows takes these off the end of a name, so that ".. " would leave the folder.
  if (/[. ]$/.test(segment)) return "trailing-dot-or-space"
  if (deviceName.test(segment)) return "device-name"
  return encoder.encode(segment).length > longestSegment ? "too-long" : undefined
}

/** Why a path could not be written below a folder on every system; names are of at most 255 bytes each. */
export function pathProblem(path: string): PathProblem | undefined {
  for (const segment of path.split("/")) {
    const problem = segmentProblem(segment)
    if (problem) return problem
  }
  return undefined
}

/** Whether a path stays below its folder, and can be written there, on every system. */
export const isSafePath = (path: string): boolean => pathProblem(path) === undefined

/** The file name of an item made in the app; reads back as the same id. */
export const fileNameFor = (id: string, type: ItemKind): string =>
  `${deviceName.test(id) ? "_" : ""}${id}${extensionOf(type)}`

/** Whether a file ends as an export ends those of its type. */
export const hasUsualEnding = (path: string, type: ItemKind): boolean => path.toLowerCase().endsWith(extensionOf(type))

/** The path within a project of an item made in the app. */
export const pathFor = (id: string, type: ItemKind): string => `${itemFolders[type]}/${fileNameFor(id, type)}`
