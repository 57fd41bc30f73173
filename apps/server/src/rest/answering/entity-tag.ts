import { createHash } from "node:crypto"
import { badInput } from "@strudel-agent/api/errors"

/** What an answer tells of the state of its item. */
export interface Stateful {
  updated_at: string
  version?: number
}

/** What a procedure takes to refuse a change that was made on another state. */
export interface ExpectedState {
  expectedUpdatedAt?: string
  expectedVersion?: number
}

/** Tags as a header lists them, or "any" for `*`. */
export type TagList = "any" | { tag: string; isWeak: boolean }[]

const digestOf = (item: Stateful): string =>
  createHash("sha256").update(JSON.stringify(item)).digest("base64url").slice(0, 12)

/**
 * The entity tag of an item: its version and the moment of its last change, which a change is checked by, and a digest of
 * the whole answer, which may tell more that is new without a change, such as what listening to a clip found.
 */
export const tagOf = (item: Stateful): string =>
  `"${item.version ?? 0}-${Date.parse(item.updated_at).toString(36)}-${digestOf(item)}"`

/** The state that a tag of an item means; undefined for a tag that is none of ours. */
export function stateOf(tag: string): ExpectedState | undefined {
  const [, version = "", moment = ""] = /^"(\d{1,9})-([0-9a-z]{1,9})-[\w-]{12}"$/.exec(tag) ?? []
  if (moment === "") return undefined
  const expectedUpdatedAt = new Date(Number.parseInt(moment, 36)).toISOString()
  return version === "0" ? { expectedUpdatedAt } : { expectedUpdatedAt, expectedVersion: Number(version) }
}

/** Whether two tags stand for one state, whatever else the answers told. */
export function isSameState(one: string, other: string): boolean {
  const upToDigest = (tag: string) => tag.slice(0, tag.lastIndexOf("-"))
  return stateOf(one) !== undefined && upToDigest(one) === upToDigest(other)
}

/** Reads `If-Match` or `If-None-Match`; undefined where it is not sent. Refuses what is no list of entity tags. */
export function readTags(name: string, header: string | undefined): TagList | undefined {
  if (header === undefined) return undefined
  if (header.trim() === "*") return "any"
  const tags: { tag: string; isWeak: boolean }[] = []
  const next = /\s*(?:(W\/)?("[\x21\x23-\x7e\x80-\xff]*")\s*)?(?:,|$)/gy
  for (let at = 0; at < header.length; at = next.lastIndex) {
    next.lastIndex = at
    const match = next.exec(header)
    if (!match) throw badInput(name, 'must be entity tags as ETag tells them, such as "1-a-b", or *')
    const [, weak, tag] = match
    if (tag !== undefined) tags.push({ tag, isWeak: weak !== undefined })
  }
  return tags
}
