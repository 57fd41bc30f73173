import { uuidPattern } from "@strudel-agent/contract/item"
import { isJsonObject, isTooDeep, type Json, type JsonObject } from "../json/json-value.ts"
import { storableJson } from "../storable-text.ts"
import type { WarningCode } from "../warning.ts"
import type { Extras } from "./entry.ts"

type Warn = (code: WarningCode, message: string) => void

const isTextOrNull = (value: Json | undefined): boolean =>
  value === undefined || value === null || typeof value === "string"
const itemKeys = ["item_type", "item_id", "project_id"]

/** A JSON object whose known keys have the types that the library wants. */
const isAbout = (value: Json, keys: readonly string[]): value is JsonObject =>
  isJsonObject(value) && [...itemKeys, ...keys].every((key) => isTextOrNull(value[key]))

const isChange = (value: Json): value is JsonObject => isAbout(value, ["before", "after"])

/** What a message keeps beside role and content; warns of what it can't keep. */
export function readExtras(source: JsonObject, warn: Warn): Extras | undefined {
  const extras: Extras = {}
  const read = (name: string, ...keys: string[]): Json | undefined => {
    const value = keys.map((key) => source[key]).find((each) => each !== undefined && each !== null)
    if (value === undefined) return undefined
    if (!isTooDeep(value)) return storableJson(value)
    warn("field-dropped", `${name} is nested too deep to be kept`)
    return undefined
  }
  const context = read("The context", "context")
  if (context !== undefined) {
    if (isAbout(context, ["code"])) extras.context = context
    else warn("field-dropped", "The context is not of the form that the library keeps")
  }
  const changes = read("The code changes", "code_changes", "codeChanges")
  if (changes !== undefined) {
    if (Array.isArray(changes) && changes.every(isChange)) extras.code_changes = changes
    else if (isChange(changes)) extras.code_changes = changes
    else warn("field-dropped", "The code changes are not of the form that the library keeps")
  }
  const id = source.client_id ?? source.clientId
  if (typeof id === "string" && uuidPattern.test(id)) extras.givenId = id.toLowerCase()
  else if (id !== undefined && id !== null)
    warn("client-id-replaced", "The client_id is not a UUID; another takes its place")
  return Object.keys(extras).length > 0 ? extras : undefined
}
