import { isSlug, uuidPattern } from "@strudel-agent/contract/item"
import type { JsonValue } from "@strudel-agent/contract/json"
import { type SessionItemType, sessionItemTypes } from "@strudel-agent/contract/session/item"
import { InvalidArgumentError } from "commander"

/** An id of a project, clip, song or playlist. */
export function slugArgument(text: string): string {
  if (isSlug(text)) return text
  throw new InvalidArgumentError("An id has 1 to 100 letters, digits, dots, underscores and hyphens.")
}

export function uuidArgument(text: string): string {
  if (uuidPattern.test(text)) return text.toLowerCase()
  throw new InvalidArgumentError("It is no UUID.")
}

/** A number of rows, 1 or more. */
export function countArgument(text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number
  throw new InvalidArgumentError("It is no whole number above 0.")
}

export interface ItemArgument {
  itemType: SessionItemType
  itemId: string
}

/** A whole number, 0 or more. */
export function indexArgument(text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number
  throw new InvalidArgumentError("It is no whole number.")
}

/** A tempo in beats per minute. */
export function bpmArgument(text: string): number {
  const number = Number(text)
  if (/^\d+(?:\.\d+)?$/.test(text) && number > 0 && number <= 10_000) return number
  throw new InvalidArgumentError("It is no number above 0, up to 10000.")
}

const isObject = (value: unknown): value is Record<string, JsonValue> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Metadata as a JSON object. */
export function metadataArgument(text: string): Record<string, JsonValue> {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch {
    // What is no JSON is refused in the same words.
  }
  throw new InvalidArgumentError("It is no JSON object.")
}

/** `clip:kick`. */
export function itemArgument(text: string): ItemArgument {
  const [type, ...rest] = text.split(":")
  const itemType = sessionItemTypes.find((each) => each === type)
  const itemId = rest.join(":")
  if (itemType && isSlug(itemId)) return { itemType, itemId }
  throw new InvalidArgumentError(
    `It looks like clip:kick, with one of ${sessionItemTypes.join(", ")} before the colon.`,
  )
}

/** `a, b` as ["a", "b"]. */
export const listArgument = (text: string): string[] => [
  ...new Set(text.split(",").flatMap((part) => (part.trim() ? [part.trim()] : []))),
]

/** `a, b, a` as ["a", "b", "a"]; nothing is no part. */
export const listInOrderArgument = (text: string): string[] =>
  text.split(",").flatMap((part) => (part.trim() ? [part.trim()] : []))
