import type { DraftKind } from "#shared/versioned-draft/draft-state.ts"
import { draftPlace } from "#shared/versioned-draft/kept-draft.ts"
import { wholes } from "#shared/versioned-draft/merge.ts"
import { isShape, isText } from "#shared/versioned-draft/shape.ts"
import { type Outcome, storeOver } from "#shared/versioned-draft/store-over.ts"

export interface StoredText {
  text: string
  /** The moment of the last change, ISO 8601. */
  updatedAt: string
}

/** How a text is stored. */
export interface TextStorage {
  /** Stores a text that was made on the state of a moment; rejects where the stored state is another. */
  save(text: string, expectedUpdatedAt: string): Promise<StoredText>
  load(): Promise<StoredText>
}

/** A text that is being written and not stored yet. */
export interface TextDraft {
  text: string
  /** The text that it was begun on, and the moment of that one's last change. */
  base: string
  updatedAt: string
}

/** A draft that is gone on with, and the page that wrote it where it was found. */
export type OpenedDraft = TextDraft & { by?: string }

export const textKind: DraftKind<StoredText, string> = {
  draftOf: ({ text }) => text,
  isSame: (draft, { text }) => draft === text,
  isNewer: (one, other) => one.updatedAt !== other.updatedAt,
}

const isDraft = isShape<TextDraft>({ text: isText, base: isText, updatedAt: isText })

/** Where the draft of a text is kept in the browser. */
export const textDrafts = (name: string) =>
  draftPlace<TextDraft>(`text:${name}`, (value) => (isDraft(value) ? value : undefined), {
    former: `strudel-agent/draft/${name}`,
  })

const merge = wholes<string>(Object.is)

/**
 * Stores a text over the one that it was begun on. Where only something else than the text changed meanwhile, it is stored
 * over that; where the text did, nothing is stored and the other text is told.
 */
export const saveText = (storage: TextStorage, text: string, base: StoredText): Promise<Outcome<StoredText>> =>
  storeOver(
    {
      save: (value, { updatedAt }: StoredText) => storage.save(value, updatedAt),
      load: () => storage.load(),
      valueOf: (stored) => stored.text,
      merge,
    },
    { base: base.text, mine: text, on: base },
  )
