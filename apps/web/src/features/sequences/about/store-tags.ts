import { textsOf } from "#shared/ui/metadata.ts"
import { mergeSets } from "#shared/versioned-draft/merge.ts"
import { type Outcome, storeOver } from "#shared/versioned-draft/store-over.ts"

/** A tag that is put on or taken off. */
export interface TagChange {
  tag: string
  on: boolean
}

interface Tagged {
  metadata: Record<string, unknown>
  updatedAt: string
}

interface TagsDoor {
  read(): Promise<Tagged>
  /** Stores metadata over the state of a moment; rejects where there is another by now. */
  store(change: { metadata: Tagged["metadata"]; expectedUpdatedAt: string }): Promise<Tagged>
}

/** A change alone, as both sides of a merge. */
const sidesOf = ({ tag, on }: TagChange) => (on ? { base: [], mine: [tag] } : { base: [tag], mine: [] })

/** The tags that a change makes of others. */
export const changeTags = (tags: readonly string[], change: TagChange): string[] =>
  mergeSets({ ...sidesOf(change), theirs: tags }).value

/** Puts a tag on or takes it off, over whatever the metadata says by now. */
export const storeTag = (change: TagChange, { read, store }: TagsDoor): Promise<Outcome<Tagged>> =>
  storeOver<Tagged, string[]>(
    {
      save: (tags, { metadata, updatedAt }) => store({ metadata: { ...metadata, tags }, expectedUpdatedAt: updatedAt }),
      load: read,
      valueOf: ({ metadata }) => textsOf(metadata.tags),
      merge: mergeSets,
    },
    sidesOf(change),
  )
