import { hashKey } from "@tanstack/react-query"
import { type Fields, readFields, writeFields } from "./metadata-fields.ts"

/** What of a clip can be changed. */
export interface Content {
  name: string
  code: string
  metadata: Record<string, unknown>
}

/** A clip's content as a version of it. */
export interface Stored extends Content {
  version: number
}

/** A clip as it is typed. */
export interface Draft {
  name: string
  code: string
  fields: Fields
}

export interface Editing {
  /** The version that the draft began from. */
  base: Stored
  /** The newest version that is known. */
  newest: Stored
  draft: Draft
}

export const draftOf = ({ name, code, metadata }: Content): Draft => ({ name, code, fields: readFields(metadata) })

/** What a draft would be stored as. */
export const contentOf = ({ base, draft }: Pick<Editing, "base" | "draft">): Content => ({
  name: draft.name.trim(),
  code: draft.code,
  metadata: writeFields(base.metadata, draft.fields),
})

/** Whether two values are the same JSON, in whatever order its keys come. */
export const isSameJson = (one: unknown, other: unknown): boolean => hashKey([one]) === hashKey([other])

export const isSameContent = (one: Content, other: Content): boolean =>
  one.name === other.name && one.code === other.code && isSameJson(one.metadata, other.metadata)

/** The parts in which a content differs from another. */
export function changedParts(before: Content, after: Content): Partial<Content> {
  return {
    ...(before.name === after.name ? {} : { name: after.name }),
    ...(before.code === after.code ? {} : { code: after.code }),
    ...(isSameJson(before.metadata, after.metadata) ? {} : { metadata: after.metadata }),
  }
}

export const begin = (stored: Stored): Editing => ({ base: stored, newest: stored, draft: draftOf(stored) })

export const isDirty = (editing: Editing): boolean => !isSameContent(contentOf(editing), editing.base)

/** Whether somebody else has changed the clip since the draft began. */
export const isBehind = ({ base, newest }: Editing): boolean => newest.version > base.version

/** Hears of a stored version: takes it over where nothing would be lost, else remembers that it is there. */
export function meet(editing: Editing, stored: Stored): Editing {
  if (stored.version <= editing.newest.version) return editing
  if (!isDirty(editing) || isSameContent(contentOf(editing), stored)) return begin(stored)
  return { ...editing, newest: stored }
}

/** Takes note that something was stored on top of the base; what was typed since stays. */
export function settle(editing: Editing, stored: Stored): Editing {
  const newest = stored.version >= editing.newest.version ? stored : editing.newest
  const isAll = isSameContent(contentOf({ base: stored, draft: editing.draft }), stored)
  return { base: stored, newest, draft: isAll ? draftOf(stored) : editing.draft }
}
