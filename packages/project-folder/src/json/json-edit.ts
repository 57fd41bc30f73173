import { type ArrayNode, type NumberNode, type ObjectNode, parse, type ValueNode } from "@humanwhocodes/momoa"
import { storableCharacters } from "../storable-text.ts"
import { applyEdits, type TextEdit } from "../text-edit.ts"
import { isExactNumber } from "./exact-number.ts"
import { isJsonObject, type Json, type JsonObject, printJson, sameJson } from "./json-value.ts"

/** Parses the text of a JSON object, trailing commas and comments allowed; undefined where it is none. */
export function parseObjectNode(text: string): ObjectNode | undefined {
  try {
    const { body } = parse(text, { mode: "jsonc", allowTrailingCommas: true })
    return body.type === "Object" ? body : undefined
  } catch {
    return undefined
  }
}

type Member = { key: string; value: ValueNode }

const ignoredKey = "__proto__"

const membersOf = (node: ObjectNode): Member[] =>
  node.members.map(({ name, value }) => ({
    key: storableCharacters(name.type === "String" ? name.value : name.name),
    value,
  }))

/** A number as it is written. */
const tokenOf = (source: string, node: NumberNode): string => source.slice(node.loc.start.offset, node.loc.end.offset)

/**
 * The value of a node of a text as the library holds it: of a repeated key the last, `__proto__` left out, and numbers
 * that JavaScript would round as texts of their digits.
 */
export function nodeToJson(source: string, node: ValueNode): Json {
  switch (node.type) {
    case "String":
      return storableCharacters(node.value)
    case "Number": {
      const token = tokenOf(source, node)
      return isExactNumber(token) ? node.value : token
    }
    case "Boolean":
      return node.value
    case "Array":
      return node.elements.map((element) => nodeToJson(source, element.value))
    case "Object":
      return nodeToObject(source, node)
    default:
      return null
  }
}

/** As nodeToJson, for a node that is known to be an object. */
export function nodeToObject(source: string, node: ObjectNode): JsonObject {
  const result: JsonObject = {}
  for (const { key, value } of membersOf(node)) if (key !== ignoredKey) result[key] = nodeToJson(source, value)
  return result
}

interface Losses {
  repeated: string[]
  ignored: boolean
  replaced: boolean
  /** Numbers that are held as texts, as they are written. */
  inexact: string[]
}

/** What nodeToObject leaves out or changes: repeated keys, `__proto__`, texts and numbers that can't be stored as such. */
export function findLosses(source: string, root: ObjectNode): Losses {
  const repeated: string[] = []
  const inexact: string[] = []
  let ignored = false
  let replaced = false
  const open: ValueNode[] = [root]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "String") replaced ||= storableCharacters(node.value) !== node.value
    if (node.type === "Number" && !isExactNumber(tokenOf(source, node))) inexact.push(tokenOf(source, node))
    if (node.type === "Array") for (const element of node.elements) open.push(element.value)
    if (node.type !== "Object") continue
    const seen = new Set<string>()
    for (const { key, value } of membersOf(node)) {
      if (key === ignoredKey) ignored = true
      else if (seen.has(key)) repeated.push(key)
      seen.add(key)
      open.push(value)
    }
  }
  return { repeated, ignored, replaced, inexact }
}

type Span = { start: number; end: number }

const spanOf = (node: { loc: { start: { offset: number }; end: { offset: number } } }): Span => ({
  start: node.loc.start.offset,
  end: node.loc.end.offset,
})

/** Removes the marked children of an object or array together with their commas. */
function removalEdits(children: readonly Span[], removed: ReadonlySet<number>): TextEdit[] {
  const edits: TextEdit[] = []
  for (let first = 0; first < children.length; first++) {
    if (!removed.has(first)) continue
    let last = first
    while (removed.has(last + 1)) last++
    const before = children[first - 1]
    const after = children[last + 1]
    const start = before ? before.end : children[first]?.start
    const end = before ? children[last]?.end : after?.start
    if (start !== undefined && end !== undefined) edits.push({ start, end, text: "" })
    first = last
  }
  return edits
}

/** The text between two children, where it is nothing but a comma and space. */
function separatorOf(source: string, children: readonly Span[]): string {
  const [first, second] = children
  const between = first && second ? source.slice(first.end, second.start) : ""
  return /^[ \t]*,[ \t]*$/.test(between) ? between : ", "
}

type Change = {
  source: string
  container: Span
  children: Span[]
  removed: ReadonlySet<number>
  added: string[]
  inner: TextEdit[]
}

function containerEdits({ source, container, children, removed, added, inner }: Change): TextEdit[] {
  const separator = separatorOf(source, children)
  const last = children.at(-1)
  if (!last || removed.size === children.length) {
    if (removed.size === 0 && added.length === 0) return []
    return [{ start: container.start + 1, end: container.end - 1, text: added.join(separator) }]
  }
  const additions = added.map((text) => ({ start: last.end, end: last.end, text: separator + text }))
  return [...inner, ...removalEdits(children, removed), ...additions]
}

function objectEdits(source: string, node: ObjectNode, to: JsonObject): TextEdit[] {
  const members = membersOf(node)
  const lastOf = new Map(members.map(({ key }, index) => [key, index]))
  const children = node.members.map(spanOf)
  const removed = new Set<number>()
  const inner: TextEdit[] = []
  members.forEach(({ key, value }, index) => {
    if (key === ignoredKey) return
    const wanted = Object.hasOwn(to, key) ? to[key] : undefined
    if (wanted === undefined) removed.add(index)
    else if (lastOf.get(key) === index) for (const edit of valueEdits(source, value, wanted)) inner.push(edit)
  })
  const first = node.members[0]
  const colon = first ? source.slice(first.name.loc.end.offset, first.value.loc.start.offset) : ""
  const added = Object.entries(to)
    .filter(([key]) => key !== ignoredKey && !lastOf.has(key))
    .map(([key, value]) => printJson(key) + (/^[ \t]*:[ \t]*$/.test(colon) ? colon : ": ") + printJson(value))
  return containerEdits({ source, container: spanOf(node), children, removed, added, inner })
}

function arrayEdits(source: string, node: ArrayNode, to: readonly Json[]): TextEdit[] {
  const from = node.elements.map((element) => nodeToJson(source, element.value))
  const shorter = Math.min(from.length, to.length)
  let head = 0
  while (head < shorter && sameJson(from[head], to[head])) head++
  let tail = 0
  while (tail < shorter - head && sameJson(from[from.length - 1 - tail], to[to.length - 1 - tail])) tail++
  const children = node.elements.map(spanOf)
  const old = node.elements.slice(head, node.elements.length - tail)
  const wanted = to.slice(head, to.length - tail)
  const inner = old.flatMap((element, index) => {
    const value = wanted[index]
    return value === undefined ? [] : valueEdits(source, element.value, value)
  })
  const removed = new Set(old.map((_, index) => head + index).slice(wanted.length))
  const container = spanOf(node)
  const added = wanted.slice(old.length).map(printJson)
  const next = children[head + old.length]
  if (next && added.length > 0) {
    const separator = separatorOf(source, children)
    inner.push({ start: next.start, end: next.start, text: added.map((text) => text + separator).join("") })
    return containerEdits({ source, container, children, removed, added: [], inner })
  }
  return containerEdits({ source, container, children, removed, added, inner })
}

function valueEdits(source: string, node: ValueNode, to: Json): TextEdit[] {
  if (sameJson(nodeToJson(source, node), to)) return []
  // The library may hold what JavaScript made of the number.
  if (node.type === "Number" && node.value === to) return []
  if (node.type === "Object" && isJsonObject(to)) return objectEdits(source, node, to)
  if (node.type === "Array" && Array.isArray(to)) return arrayEdits(source, node, to)
  return [{ ...spanOf(node), text: printJson(to) }]
}

/** Changes the text of a JSON object so that it holds another value; keys, order and spacing that can stay do. */
export const editObject = (source: string, node: ObjectNode, to: JsonObject): string =>
  applyEdits(source, valueEdits(source, node, to))
