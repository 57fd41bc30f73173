import { isSlug } from "@strudel-agent/contract/item"
import { quoteInexactNumbers } from "./json/json-scan.ts"
import { isJsonObject, type Json, type JsonObject, printJson } from "./json/json-value.ts"
import { pathFor, slugFor } from "./paths.ts"
import { storableObject } from "./storable-text.ts"

export interface ExportedPattern {
  /** The id that strudel.cc gave it. */
  id: string
  /** The path of the clip's file within a project. */
  path: string
  /** The clip's file: what strudel.cc says of the pattern as metadata, and below that its code as it is. */
  text: string
}

export interface PatternsExport {
  patterns: ExportedPattern[]
  /** Entries that hold no code, and why each is left out. */
  leftOut: { id: string; why: string }[]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(quoteInexactNumbers(text).text)
  } catch {
    return undefined
  }
}

const isPattern = (entry: Json | undefined): entry is JsonObject & { code: string } =>
  isJsonObject(entry) && typeof entry.code === "string"

const hasAnyPattern = (value: unknown): value is JsonObject =>
  isJsonObject(value) && Object.values(value).some(isPattern)

/** The day of a moment in milliseconds or as ISO 8601 has it; undefined where it is neither. */
function dayOf(moment: Json | undefined): string | undefined {
  if (typeof moment !== "number" && typeof moment !== "string") return undefined
  const date = new Date(moment)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10)
}

/** What the first `@title` of the code says, up to the end of its line or the next tag. */
function titleOf(code: string): string | undefined {
  const [, title] = /(?:^|[\s*/])@title[ \t]+([^\r\n@]{1,200})/.exec(code.slice(0, 4000)) ?? []
  return title?.replace(/\*\/.*$/, "").trim() || undefined
}

function printPattern({ code, ...said }: JsonObject & { code: string }): string {
  const { id: _, ...rest } = storableObject(said)
  const name = rest.name ?? titleOf(code)
  const date = rest.date ?? dayOf(rest.created_at)
  const metadata: JsonObject = {
    ...(name === undefined ? {} : { name }),
    ...(date === undefined ? {} : { date }),
    ...rest,
  }
  return `// ${printJson(metadata)}\n${code}`
}

const problemOf = (entry: Json | undefined): string | undefined => {
  if (entry === null) return "was deleted at strudel.cc"
  if (!isPattern(entry)) return "holds no code"
  return entry.code.trim() === "" ? "its code is empty" : undefined
}

/**
 * Reads the JSON object in which strudel.cc exports patterns, `{id: {code, id, created_at, collection}}`, in the order of
 * their ids; undefined where the text is something else. Numbers that JavaScript would round become texts.
 */
export function readPatternsExport(text: string): PatternsExport | undefined {
  const value = parse(text.replace(/^\ufeff/, ""))
  if (!hasAnyPattern(value)) return undefined
  const found: PatternsExport = { patterns: [], leftOut: [] }
  // Ids of strudel.cc that differ in their case alone are names of one file on some systems.
  const taken = new Set<string>()
  const keys = Object.keys(value).sort((one, other) => (one < other ? -1 : 1))
  for (const key of [...keys.filter(isSlug), ...keys.filter((each) => !isSlug(each))]) {
    const entry = value[key]
    const why = problemOf(entry)
    if (why !== undefined || !isPattern(entry)) {
      found.leftOut.push({ id: key, why: why ?? "holds no code" })
      continue
    }
    const id = slugFor(`${key}.js`, (candidate) => taken.has(candidate.toLowerCase()), "pattern")
    taken.add(id.toLowerCase())
    found.patterns.push({ id: key, path: pathFor(id, "clip"), text: printPattern(entry) })
  }
  return found
}
