import { isSameJson } from "#shared/versions/same-json.ts"
import { type FieldName, type Fields, readFields, writeFields } from "./metadata-fields.ts"

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

/** A part of a clip other than its code. */
export type PartName = "name" | FieldName

export type Side = "mine" | "theirs"

/** What is being made of a draft and of a version that was stored meanwhile. */
export interface Merging {
  /** The version that it is made on top of. */
  on: Stored
  /** The code that would be stored. */
  code: string
  /** Of the parts that both sides changed, whose is taken where that was chosen. */
  chosen: Partial<Record<PartName, Side>>
  /** Whether the code or a part was decided by hand. */
  byHand: boolean
  /** What a version that came meanwhile changed besides what was seen before; undefined where all is seen. */
  unseen?: { version: number; code: boolean; parts: PartName[] } | undefined
  /** The version that came meanwhile and fitted. */
  met?: number | undefined
}

export interface Editing {
  /** The version that the draft began from. */
  base: Stored
  /** The newest version that is known. */
  newest: Stored
  draft: Draft
  /** There while the clip was changed elsewhere and both are compared, or were and it was merged by hand. */
  merging?: Merging | undefined
}

export const draftOf = ({ name, code, metadata }: Content): Draft => ({ name, code, fields: readFields(metadata) })

/** What a draft would be stored as. */
export const contentOf = ({ base, draft }: Pick<Editing, "base" | "draft">): Content => ({
  name: draft.name.trim(),
  code: draft.code,
  metadata: writeFields(base.metadata, draft.fields),
})

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
  const isKnown = !isDirty(editing) || isSameContent(contentOf(editing), stored)
  return isKnown && !editing.merging?.byHand ? begin(stored) : { ...editing, newest: stored }
}

/** Types something; what is typed after a merge by hand goes on with that. */
export function type(editing: Editing, part: Partial<Draft>): Editing {
  const { draft, merging } = editing
  return {
    ...editing,
    draft: { ...draft, ...part },
    merging: merging && part.code !== undefined ? { ...merging, code: part.code } : merging,
  }
}

/** Leaves the comparison: what was merged by hand, `content`, is what is typed on. */
export function leaveMerging(editing: Editing, content: Content): Editing {
  const { merging } = editing
  if (!merging?.byHand) return { ...editing, merging: undefined }
  return { ...editing, draft: draftOf(content), merging: { ...merging, chosen: {} } }
}

/** Goes on with what was kept, on top of the newest version that is known. */
export function resume({ base, draft, merging }: Omit<Editing, "newest">, newest: Stored): Editing {
  const resumed = meet({ base, newest: base, draft, merging }, newest)
  if (!resumed.merging || (isBehind(resumed) && resumed.merging.on.version <= newest.version)) return resumed
  // The versions that were merged are no more: what was made of them is still what is unsaved.
  return { ...resumed, draft: { ...draft, code: resumed.merging.code }, merging: undefined }
}

/** Takes note that something was stored on top of the base; what was typed since stays. */
export function settle(editing: Editing, stored: Stored): Editing {
  const newest = stored.version >= editing.newest.version ? stored : editing.newest
  const isAll = isSameContent(contentOf({ base: stored, draft: editing.draft }), stored)
  return { base: stored, newest, draft: isAll ? draftOf(stored) : editing.draft }
}

/** Takes note that a merge was stored; what was typed in it since stays. */
export function settleMerging(editing: Editing, stored: Stored): Editing {
  const newest = stored.version >= editing.newest.version ? stored : editing.newest
  const code = editing.merging?.code ?? stored.code
  return code === stored.code ? begin(newest) : { base: stored, newest, draft: { ...draftOf(stored), code } }
}
