import { isDeepStrictEqual } from "node:util"
import type { ImportedItemType, ImportOutcome } from "@strudel-agent/contract/project-file"
import type { ProjectFileRow } from "@strudel-agent/database/queries/project-file"
import type { Steps } from "@strudel-agent/project-folder/steps"
import { bytesOf, digestOf, sameBytes, textOf } from "./file-text.ts"
import type { FolderIndex } from "./folder-index.ts"
import { type ItemKey, type ItemKind, sameState } from "./item-kinds.ts"

export interface Verdict {
  outcome: ImportOutcome
  /** Whether the file is what an export starts from henceforth. */
  save: boolean
  why?: string
}

/** A file, what it says, what the library says, and what was kept of the file when it was last read. */
export interface Meeting<State> {
  type: ImportedItemType
  key: ItemKey
  path: string
  content: Uint8Array
  state: State
  current: State | undefined
  kept: ProjectFileRow | undefined
  /** The file's links that lead nowhere today. */
  brokenLinks: string[]
  index: FolderIndex
  overwrite: boolean
  /** Digest of what the folder and the library had in common, where the folder knows; null where they had nothing. */
  base: string | null | undefined
}

/** Why a file does not go in that was changed from something else than what the library has. */
export const editedOnBothSides = "was changed in the folder and in the library; overwrite lets the file win"
const madeInLibrary = "the library has an item of this id that says something else; overwrite lets the file win"
const editedInLibrary = "was changed in the library, which keeps its change"

/** Decides between a file and what the library has of it, so that no side's change is lost. */
export function* judge<State>(kind: ItemKind<State>, meeting: Meeting<State>): Steps<Verdict> {
  const { key, content, state, current, kept, brokenLinks, overwrite, base } = meeting
  if (current === undefined) return { outcome: "created", save: true }
  const isBlank = kind.isBlank?.(key, current) ?? false
  if (isBlank && !kept) return { outcome: "created", save: true }
  const sameFile = kept !== undefined && sameBytes(kept.content, content)
  if (sameState(current, state)) {
    // What an item does not say, such as what stands above a title, is in the kept file alone.
    const isOther = kept !== undefined && !sameFile && base !== undefined && base !== digestOf(kept.content)
    if (isOther && !overwrite) return { outcome: "skipped", save: false, why: editedOnBothSides }
    return { outcome: "unchanged", save: !sameFile || !isDeepStrictEqual(kept.brokenLinks, brokenLinks) }
  }

  const { untouched, text } = yield* exported(kind, { ...meeting, current })
  const isOnTop = base === undefined ? untouched : base === digestOf(untouched && kept ? kept.content : bytesOf(text))
  if (isOnTop) return { outcome: "updated", save: true }
  // An export may say more than the library, such as a list of the links that a body lacks.
  if (sameBytes(bytesOf(text), content)) return { outcome: "unchanged", save: !sameFile }
  if (overwrite || isBlank) return { outcome: "updated", save: true }
  if (sameFile) return { outcome: "unchanged", save: false, why: editedInLibrary }
  return { outcome: "skipped", save: false, why: kept || base ? editedOnBothSides : madeInLibrary }
}

/** What an export would write, and whether the library still says what the kept file says. */
function* exported<State>(
  kind: ItemKind<State>,
  meeting: Meeting<State> & { current: State },
): Steps<{ untouched: boolean; text: string }> {
  const { type, key, path, current, kept, index } = meeting
  const { read, print } = index.formerResolvers(type, kept?.brokenLinks ?? [])
  const source = { projectId: key.projectId, path }
  const text = kept && textOf(kept.content)
  const link = text === undefined ? undefined : yield* kind.parse({ ...source, text })
  const untouched = link !== undefined && sameState(current, link(read).state)
  return { untouched, text: yield* kind.print({ ...source, text, resolve: print }, current) }
}
