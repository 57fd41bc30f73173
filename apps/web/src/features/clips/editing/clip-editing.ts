import { type DraftKind, draftSteps, type Versioned } from "#shared/versioned-draft/draft-state.ts"
import type { Side } from "#shared/versioned-draft/merge.ts"
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

/** A part of a clip other than its code. */
export type PartName = "name" | FieldName

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

/** A clip as it is typed. */
export interface Draft {
  name: string
  code: string
  fields: Fields
  /** There while the clip was changed elsewhere and both are compared, or were and it was merged by hand. */
  merging?: Merging | undefined
}

export type Editing = Versioned<Stored, Draft>

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

/** A clip as a draft; what was merged by hand is never taken for stored. */
export const clipKind: DraftKind<Stored, Draft> = {
  draftOf: (stored) => draftOf(stored),
  isSame: (draft, stored, base) => !draft.merging?.byHand && isSameContent(contentOf({ base, draft }), stored),
  isNewer: (one, other) => one.version > other.version,
}

export const { begin, isDirty, isBehind, meet, settle } = draftSteps(clipKind)

/** Types something; what is typed after a merge by hand goes on with that. */
export function type({ merging, ...draft }: Draft, part: Partial<Draft>): Draft {
  const merged = merging && part.code !== undefined ? { ...merging, code: part.code } : merging
  return { ...draft, ...part, merging: merged }
}

/** Leaves the comparison: what was merged by hand, `content`, is what is typed on. */
export function leaveMerging({ merging, ...draft }: Draft, content: Content): Draft {
  return merging?.byHand ? { ...draftOf(content), merging: { ...merging, chosen: {} } } : draft
}

/** Goes on with what was kept, on top of the newest version that is known. */
export function resume({ base, draft: kept }: Pick<Editing, "base" | "draft">, newest: Stored): Editing {
  const resumed = meet({ base, newest: base, draft: kept }, newest)
  const { merging, ...draft } = resumed.draft
  if (!merging || (isBehind(resumed) && merging.on.version <= newest.version)) return resumed
  // The versions that were merged are no more: what was made of them is still what is unsaved.
  return { ...resumed, draft: { ...draft, code: merging.code } }
}

/** Takes note that a merge was stored; what was typed in it since stays. */
export function settleMerging(editing: Editing, stored: Stored): Editing {
  const code = editing.draft.merging?.code ?? stored.code
  return settle({ ...editing, draft: { ...draftOf(stored), code } }, stored)
}
