import { applyPatch } from "diff"
import { linePatch } from "#shared/diff/line-patch.ts"
import { isSameJson } from "#shared/versions/same-json.ts"
import { type Content, contentOf, type Editing, type Merging, type PartName } from "./clip-editing.ts"
import { fieldNames } from "./metadata-fields.ts"

/** A part other than the code that both sides changed, each to something else. */
export interface Clash {
  part: PartName
  mine: unknown
  theirs: unknown
}

/**
 * Puts what one side changed on top of what the other did; undefined where they changed the same lines, or so many that
 * they are not compared.
 */
export function mergeCode({ base, mine, theirs }: { base: string; mine: string; theirs: string }): string | undefined {
  if (mine === base || mine === theirs) return theirs
  if (theirs === base) return mine
  const patch = linePatch(base, mine)
  const isNear = linePatch(base, theirs) !== undefined
  const merged = patch && isNear ? applyPatch(theirs, patch, { fuzzFactor: 0 }) : false
  return merged === false ? undefined : merged
}

const partOf = (content: Content, part: PartName): unknown => (part === "name" ? content.name : content.metadata[part])

/** What of a clip can clash besides its code. */
export const parts = ["name", ...fieldNames] as const

/** The name and the fields that both sides changed, each to something else. */
export function findClashes(editing: Editing): Clash[] {
  const { base, newest } = editing
  const content = contentOf(editing)
  return parts.flatMap((part) => {
    const [before, mine, theirs] = [partOf(base, part), partOf(content, part), partOf(newest, part)]
    const clashes = !isSameJson(mine, before) && !isSameJson(theirs, before) && !isSameJson(mine, theirs)
    return clashes ? [{ part, mine, theirs }] : []
  })
}

/** What the comparison begins with: both put together where they fit, else mine. */
export function beginMerging({ base, newest, draft }: Editing): Merging {
  const merged = mergeCode({ base: base.code, mine: draft.code, theirs: newest.code })
  return { on: newest, code: merged ?? draft.code, chosen: {}, byHand: false }
}

/**
 * Brings a merge on top of a version that was stored while it was made. What was merged by hand stays, and what cannot
 * be put together with it is told.
 */
export function meetMerging(editing: Editing, merging: Merging): Merging {
  const { on, code, unseen } = merging
  const { newest } = editing
  const merged = mergeCode({ base: on.code, mine: code, theirs: newest.code })
  const changed = findClashes(editing).flatMap(({ part }) =>
    isSameJson(partOf(newest, part), partOf(on, part)) ? [] : [part],
  )
  const clashes = {
    version: newest.version,
    code: merged === undefined || unseen?.code === true,
    parts: [...new Set([...(unseen?.parts ?? []), ...changed])],
  }
  const isSeen = !clashes.code && clashes.parts.length === 0
  return {
    ...merging,
    on: newest,
    code: merged ?? code,
    unseen: isSeen ? undefined : clashes,
    met: isSeen ? newest.version : undefined,
  }
}

/** What is stored of both sides: theirs with what I changed in its place, except where theirs is chosen. */
export function resolveContent(editing: Editing, { code, chosen }: Pick<Merging, "code" | "chosen">): Content {
  const { base, newest } = editing
  const content = contentOf(editing)
  const isMine = (part: PartName) => !isSameJson(partOf(content, part), partOf(base, part)) && chosen[part] !== "theirs"
  const metadata = { ...newest.metadata }
  for (const name of fieldNames) {
    if (!isMine(name)) continue
    if (content.metadata[name] === undefined) delete metadata[name]
    else metadata[name] = content.metadata[name]
  }
  return { name: isMine("name") ? content.name : newest.name, code, metadata }
}
