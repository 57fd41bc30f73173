import { limits } from "@strudel-agent/contract/limits"
import { beatLimits, isBeats } from "#shared/clip/tempo-metadata.ts"
import { textOf, textsOf } from "#shared/ui/metadata.ts"

type Metadata = Record<string, unknown>

/** What the form shows of a clip's metadata, as it is typed. */
export interface Fields {
  bpm: string
  beats_per_cycle: string
  scale: string
  tags: string[]
  color: string
  description: string
  author: string
}

export type FieldName = keyof Fields

export const fieldNames = [
  "bpm",
  "beats_per_cycle",
  "scale",
  "tags",
  "color",
  "description",
  "author",
] as const satisfies FieldName[]

const isNumber = (name: FieldName) => name === "bpm" || name === "beats_per_cycle"
const textOfNumber = (value: unknown): string => (typeof value === "number" ? String(value) : "")

/** Beats per minute that the library can be searched for. */
export const fastest = 10_000

/** Reads what the form shows; a value of another kind than the field's is shown as none, and kept. */
export const readFields = (metadata: Metadata): Fields => ({
  bpm: textOfNumber(metadata.bpm),
  beats_per_cycle: textOfNumber(metadata.beats_per_cycle),
  scale: textOf(metadata.scale) ?? "",
  tags: textsOf(metadata.tags),
  color: textOf(metadata.color) ?? "",
  description: textOf(metadata.description) ?? "",
  author: textOf(metadata.author) ?? "",
})

const isSame = (one: string | string[], other: string | string[]): boolean =>
  Array.isArray(one) && Array.isArray(other)
    ? one.length === other.length && one.every((tag, place) => tag === other[place])
    : one === other

/** What a field is stored as; undefined where it is empty. */
function toValue(name: FieldName, fields: Fields): unknown {
  const value = fields[name]
  if (Array.isArray(value)) return value.length > 0 ? value : undefined
  const text = value.trim()
  if (text === "") return undefined
  return isNumber(name) && Number.isFinite(Number(text)) ? Number(text) : text
}

/** Writes the fields that were changed into the metadata that they were read from; everything else stays as it is. */
export function writeFields(metadata: Metadata, fields: Fields): Metadata {
  const read = readFields(metadata)
  const written = { ...metadata }
  for (const name of fieldNames) {
    if (isSame(fields[name], read[name])) continue
    const value = toValue(name, fields)
    if (value === undefined) delete written[name]
    else written[name] = value
  }
  return written
}

/** Fields that hold in the metadata a value of another kind, in words. */
export function oddValues(metadata: Metadata): Partial<Record<FieldName, string>> {
  const read = readFields(metadata)
  const odd: Partial<Record<FieldName, string>> = {}
  for (const name of fieldNames) {
    const value = metadata[name]
    const isShown = value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
    if (!isShown && read[name].length === 0) odd[name] = JSON.stringify(value)
  }
  return odd
}

const color = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i

function problemOf(name: FieldName, fields: Fields): string | undefined {
  const value = fields[name]
  if (Array.isArray(value)) {
    const long = value.find((tag) => tag.length > limits.tag)
    return long === undefined ? undefined : `A tag has at most ${limits.tag} characters, not ${long.length}.`
  }
  const text = value.trim()
  if (text === "") return undefined
  if (name === "bpm") {
    const bpm = Number(text)
    const fits = Number.isFinite(bpm) && bpm > 0 && bpm <= fastest
    return fits ? undefined : `A number above 0 and at most ${fastest.toLocaleString("en-US")}.`
  }
  if (name === "beats_per_cycle") {
    return isBeats(Number(text)) ? undefined : `A number from ${beatLimits.least} to ${beatLimits.most}.`
  }
  if (name === "color")
    return color.test(text) ? undefined : "A # and 3, 4, 6 or 8 digits from 0 to f, such as #ff8f52."
  if (name === "scale" && text.length > limits.search) {
    return `At most ${limits.search} characters, not ${text.length}.`
  }
  return undefined
}

/** What is wrong with the fields that were changed: what is stored already is nobody's fault. */
export function checkFields(fields: Fields, stored: Fields): Partial<Record<FieldName, string>> {
  const problems: Partial<Record<FieldName, string>> = {}
  for (const name of fieldNames) {
    const problem = isSame(fields[name], stored[name]) ? undefined : problemOf(name, fields)
    if (problem) problems[name] = problem
  }
  return problems
}
