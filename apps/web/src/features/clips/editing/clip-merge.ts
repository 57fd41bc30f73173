import { mergeFields, type Sides } from "#shared/versioned-draft/merge.ts"
import { mergeLines } from "#shared/versioned-draft/merge-lines.ts"
import { isSameJson } from "#shared/versions/same-json.ts"
import { type Content, contentOf, type Editing, type Merging, type PartName } from "./clip-editing.ts"
import { fieldNames } from "./metadata-fields.ts"

/** A part other than the code that both sides changed, each to something else. */
export interface Clash {
  part: PartName
  mine: unknown
  theirs: unknown
}

/** What of a clip can clash besides its code. */
export const parts = ["name", ...fieldNames] as const

const form = { names: parts, isSame: isSameJson }

const partsOf = ({ name, metadata }: Content): Partial<Record<PartName, unknown>> => ({ ...metadata, name })

const sidesOf = (editing: Editing): Sides<Partial<Record<PartName, unknown>>> => ({
  base: partsOf(editing.base),
  mine: partsOf(contentOf(editing)),
  theirs: partsOf(editing.newest),
})

/** The name and the fields that both sides changed, each to something else. */
export function findClashes(editing: Editing): Clash[] {
  const sides = sidesOf(editing)
  const { mine, theirs } = sides
  return mergeFields(form, sides).clashes.map((part) => ({ part, mine: mine[part], theirs: theirs[part] }))
}

/** The code that both sides made together; undefined where they do not fit. */
export const mergeCode = ({ base, draft, newest }: Editing): string | undefined =>
  mergeLines({ base: base.code, mine: draft.code, theirs: newest.code })?.value

/** What the comparison begins with: both put together where they fit, else mine. */
export const beginMerging = (editing: Editing): Merging => ({
  on: editing.newest,
  code: mergeCode(editing) ?? editing.draft.code,
  chosen: {},
  byHand: false,
})

/**
 * Brings a merge on top of a version that was stored while it was made. What was merged by hand stays, and what cannot
 * be put together with it is told.
 */
export function meetMerging(editing: Editing, merging: Merging): Merging {
  const { on, code, unseen } = merging
  const { newest } = editing
  const merged = mergeLines({ base: on.code, mine: code, theirs: newest.code })
  const [before, after] = [partsOf(on), partsOf(newest)]
  const changed = findClashes(editing).flatMap(({ part }) => (isSameJson(after[part], before[part]) ? [] : [part]))
  const clashes = {
    version: newest.version,
    code: !merged || unseen?.code === true,
    parts: [...new Set([...(unseen?.parts ?? []), ...changed])],
  }
  const isSeen = !clashes.code && clashes.parts.length === 0
  return {
    ...merging,
    on: newest,
    code: merged ? merged.value : code,
    unseen: isSeen ? undefined : clashes,
    met: isSeen ? newest.version : undefined,
  }
}

/** What is stored of both sides: theirs with what I changed in its place, except where theirs is chosen. */
export function resolveContent(editing: Editing, { code, chosen }: Pick<Merging, "code" | "chosen">): Content {
  const { newest } = editing
  const { name, ...fields } = mergeFields(form, sidesOf(editing), chosen).value
  const rest = Object.entries(newest.metadata).filter(([key]) => !fieldNames.some((field) => field === key))
  return {
    name: typeof name === "string" ? name : newest.name,
    code,
    metadata: { ...Object.fromEntries(rest), ...fields },
  }
}
