import { draftPlace, type Kept, type Shelf } from "#shared/versioned-draft/kept-draft.ts"
import { isFlag, isListOf, isNumber, isOneOf, isRecord, isShape, isText } from "#shared/versioned-draft/shape.ts"
import type { Editing, Merging, PartName, Stored } from "./clip-editing.ts"
import { fieldNames, readFields } from "./metadata-fields.ts"

/** What was typed and not saved, with the version that it began from. */
export type ClipDraft = Pick<Editing, "base" | "draft">

export type KeptClipDraft = Kept<ClipDraft>

const isStored = isShape<Stored>({ version: isNumber, name: isText, code: isText, metadata: isRecord })

const texts = { bpm: isText, scale: isText, color: isText, description: isText, author: isText }

/** A draft that may have been typed before the page had all of its fields. */
const isTyped = isShape({ name: isText, code: isText, fields: isShape({ ...texts, tags: isListOf(isText) }) })

const isPart = isOneOf<PartName>(["name", ...fieldNames])
const isUnseen = isShape<NonNullable<Merging["unseen"]>>({ version: isNumber, code: isFlag, parts: isListOf(isPart) })
const isChosen = (value: unknown): value is Merging["chosen"] =>
  isRecord(value) && Object.values(value).every(isOneOf(["mine", "theirs"]))
const isMade = isShape({ on: isStored, code: isText, chosen: isChosen, byHand: isFlag })

function readMerging(value: unknown): Merging | undefined {
  if (!isMade(value)) return undefined
  const { on, code, chosen, byHand } = value
  const unseen = "unseen" in value && isUnseen(value.unseen) ? { unseen: value.unseen } : {}
  return { on, code, chosen, byHand, ...unseen }
}

function read({ base, draft, merging }: Record<string, unknown>): ClipDraft | undefined {
  if (!isStored(base) || !isTyped(draft)) return undefined
  const made = readMerging("merging" in draft ? draft.merging : merging)
  const { name, code, fields } = draft
  return { base, draft: { name, code, fields: { ...readFields(base.metadata), ...fields }, merging: made } }
}

/** Where a clip's draft is kept. */
export const clipDrafts = ({ projectId, id }: { projectId: string; id: string }, shelf?: () => Shelf) =>
  draftPlace<ClipDraft>(`clip:${projectId}/${id}`, read, shelf && { shelf })

/** Under which key a clip's draft is kept. */
export const draftKey = (clip: { projectId: string; id: string }): string => clipDrafts(clip).key

/** What is kept of a draft: of a merge, what was made by hand. */
export const toKept = ({ base, draft: { merging, ...draft } }: ClipDraft): ClipDraft => ({
  base,
  draft: merging?.byHand ? { ...draft, merging } : draft,
})
