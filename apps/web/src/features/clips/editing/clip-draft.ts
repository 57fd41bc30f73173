import type { Draft, Editing, Merging, Stored } from "./clip-editing.ts"
import { type Fields, readFields } from "./metadata-fields.ts"

/** What was typed and not saved, with the version that it began from and when it was typed, in milliseconds. */
export interface KeptDraft {
  base: Stored
  draft: Draft
  /** What was merged by hand. */
  merging?: Merging | undefined
  at: number
  /** The page that wrote it: each removes but its own. */
  by: string
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === "string"

const isStored = (value: unknown): value is Stored =>
  isRecord(value) &&
  typeof value.version === "number" &&
  isText(value.name) &&
  isText(value.code) &&
  isRecord(value.metadata)

/** A draft that may have been typed before the page had all of its fields. */
interface FormerDraft extends Omit<Draft, "fields"> {
  fields: Omit<Fields, "beats_per_cycle">
}

const isDraft = (value: unknown): value is FormerDraft => {
  if (!isRecord(value) || !isText(value.name) || !isText(value.code) || !isRecord(value.fields)) return false
  const { tags, ...texts } = value.fields
  const names = ["bpm", "scale", "color", "description", "author"]
  return Array.isArray(tags) && tags.every(isText) && names.every((name) => isText(texts[name]))
}

const isUnseen = (value: unknown): value is NonNullable<Merging["unseen"]> =>
  isRecord(value) &&
  typeof value.version === "number" &&
  typeof value.code === "boolean" &&
  Array.isArray(value.parts) &&
  value.parts.every(isText)

const isMerging = (value: unknown): value is Merging =>
  isRecord(value) &&
  isStored(value.on) &&
  isText(value.code) &&
  isRecord(value.chosen) &&
  Object.values(value.chosen).every((side) => side === "mine" || side === "theirs") &&
  typeof value.byHand === "boolean" &&
  (value.unseen === undefined || isUnseen(value.unseen))

const isKept = (value: unknown): value is Omit<KeptDraft, "draft"> & { draft: FormerDraft } =>
  isRecord(value) &&
  isStored(value.base) &&
  isDraft(value.draft) &&
  (value.merging === undefined || isMerging(value.merging)) &&
  typeof value.at === "number" &&
  isText(value.by)

/** The storage of a browser, and what of it is needed here. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">

/** Under which key a clip's draft is kept. */
export const draftKey = ({ projectId, id }: { projectId: string; id: string }): string =>
  `draft:clip:${projectId}/${id}`

/** Reads a kept draft; undefined where there is none, or none that can be read. */
export function readDraft(shelf: Shelf, key: string): KeptDraft | undefined {
  try {
    const value: unknown = JSON.parse(shelf.getItem(key) ?? "null")
    if (!isKept(value)) return undefined
    const fields = { ...readFields(value.base.metadata), ...value.draft.fields }
    return { ...value, draft: { ...value.draft, fields } }
  } catch {
    return undefined
  }
}

/** Keeps a draft; false where the browser has no room or no storage. */
export function keepDraft(shelf: Shelf, key: string, { base, draft, merging }: Editing, by: string): boolean {
  const byHand = merging?.byHand ? { merging } : {}
  try {
    shelf.setItem(key, JSON.stringify({ base, draft, ...byHand, at: Date.now(), by } satisfies KeptDraft))
    return true
  } catch {
    return false
  }
}

/** Carries a draft to the key that its clip has moved to; it takes the place of one that an earlier clip left there. */
export function moveDraft(shelf: Shelf, from: string, to: string): void {
  try {
    const draft = shelf.getItem(from)
    if (draft === null || from === to) return
    // Removed first, since a full storage has no room for both.
    shelf.removeItem(from)
    shelf.setItem(to, draft)
  } catch {
    // A browser without storage has nothing to carry.
  }
}

/** Removes a draft that this page wrote; with `by` left out, whoever wrote it. */
export function dropDraft(shelf: Shelf, key: string, by?: string): void {
  try {
    if (by === undefined || readDraft(shelf, key)?.by === by) shelf.removeItem(key)
  } catch {
    // A browser without storage has nothing to remove.
  }
}
