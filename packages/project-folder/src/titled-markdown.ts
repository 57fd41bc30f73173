import { nameFromFile, usableName } from "./display-name.ts"
import { mergeLines } from "./line-merge.ts"
import type { Heading, Root } from "./markdown/node.ts"
import { parsingMarkdown } from "./markdown/parse-markdown.ts"
import { textOf } from "./markdown/text-of.ts"
import { finish, type Steps } from "./steps.ts"
import { byteOrderMarkOf, hasUnstorable, lineEndingOf, storableText } from "./storable-text.ts"
import type { Warning } from "./warning.ts"

/** `mark` + `lead` + `title` + `gap` + `body` + `tail` is the whole file; without a title, `lead` is blank lines. */
export type TitledParts = {
  mark: string
  lead: string
  title: string
  name: string | undefined
  gap: string
  body: string
  tail: string
  root: Root
}

const blankLines = /^(?:[ \t]*(?:\r\n|\n|\r(?!\n)))*/

/** Offset behind the last character that is no white space; a pattern would take quadratic time on long runs. */
function endOfText(text: string): number {
  let end = text.length
  while (end > 0 && " \t\r\n".includes(text.charAt(end - 1))) end--
  return end
}

/** Cuts the blank lines off both ends of a body. */
export function trimBody(body: string): string {
  const end = endOfText(body)
  return body.slice(end === 0 ? 0 : blankLines.exec(body)?.[0].length, end)
}

/** The first `# ` heading where it can name something. */
function findTitle(root: Root, text: string): { heading: Heading; name: string } | "unusable" | undefined {
  const heading = root.children.find(
    (node): node is Heading => node.type === "heading" && node.depth === 1 && text.startsWith("#", node.start),
  )
  if (!heading) return undefined
  const name = usableName(storableText(textOf(heading.children, { html: false })))
  return name === undefined ? "unusable" : { heading, name }
}

/** Finds the title of a markdown file, and the text below it without the blank lines around. */
export function* splittingTitled(file: string): Steps<TitledParts> {
  const mark = byteOrderMarkOf(file)
  const text = file.slice(mark.length)
  const root = yield* parsingMarkdown(text)
  const found = findTitle(root, text)
  const title = typeof found === "object" ? found.heading : { start: 0, end: 0 }
  const name = typeof found === "object" ? found.name : undefined
  const rest = text.slice(title.end)
  const body = trimBody(rest)
  const bodyStart = endOfText(rest) - body.length
  const before = rest.slice(0, bodyStart)
  return {
    mark,
    lead: name === undefined ? before : text.slice(0, title.start),
    title: text.slice(title.start, title.end),
    name,
    gap: name === undefined ? "" : before,
    body,
    tail: rest.slice(bodyStart + body.length),
    root,
  }
}

export type TitledText = { name: string; body: string }

/** Reads the name and body out of the parts of a file; the file's name stands in for a missing title. */
export function readTitled(fileName: string, parts: TitledParts): TitledText & { warnings: Warning[] } {
  const warnings: Warning[] = []
  if (parts.name !== undefined && parts.lead.trim() !== "") {
    warnings.push({ code: "text-before-title", message: "Text before the title stays in the file but is not shown" })
  }
  if (parts.name === undefined && typeof findTitle(parts.root, parts.lead + parts.body) === "string") {
    warnings.push({
      code: "name-unusable",
      message: "The title is empty or over 200 characters; the file name takes its place",
    })
  }
  if (hasUnstorable(parts.title + parts.body)) {
    warnings.push({
      code: "value-replaced",
      message: "The text has characters that can't be stored; the file keeps them",
    })
  }
  return { name: parts.name ?? nameFromFile(fileName), body: storableText(parts.body), warnings }
}

/** A name as one line: line breaks and the blanks around them become spaces. */
export const oneLine = (name: string): string =>
  storableText(name)
    .trim()
    .replace(/\s+/g, (blanks) => (blanks.includes("\n") ? " " : blanks))

/** A heading that reads as the name wherever it stands, every sign in it escaped. */
export const escapedTitle = (name: string): string => `# ${oneLine(name).replace(/[!-/:-@[-`{-~]/g, "\\$&")}`

/** A heading that reads again as the name; markup in it is escaped. Line breaks become spaces: a heading has one line. */
export function printTitle(name: string): string {
  const line = oneLine(name)
  const plain = `# ${line}`
  return finish(splittingTitled(plain)).name === line ? plain : escapedTitle(name)
}

type TitledEdit = TitledText & { fileName: string; original: string | undefined }

/**
 * Prints a file of a title and a body; what equals the parsed `original` keeps its bytes. A title is added where the
 * text would otherwise read as another name or body.
 */
export function* printingTitled({ fileName, original, name, body }: TitledEdit): Steps<string> {
  const wantedBody = trimBody(storableText(body))
  if (original === undefined) return `${printTitle(name)}\n${wantedBody && `\n${wantedBody}\n`}`
  const parts = yield* splittingTitled(original)
  const before = readTitled(fileName, parts)
  const lineEnding = lineEndingOf(original)
  const { mark, lead, tail } = parts
  const newBody =
    wantedBody === before.body ? parts.body : mergeLines({ original: parts.body, edited: wantedBody, lineEnding })
  const title = name === before.name ? parts.title : printTitle(name)
  const blank = lineEnding + lineEnding
  if (parts.name !== undefined) return mark + lead + title + (newBody && (parts.gap || blank) + newBody) + tail
  if (name === before.name) {
    const untitled = mark + lead + newBody + tail
    const again = readTitled(fileName, yield* splittingTitled(untitled))
    if (again.name === name && again.body === wantedBody) return untitled
  }
  return mark + printTitle(name) + (newBody && blank + newBody) + (original === mark ? lineEnding : tail)
}
