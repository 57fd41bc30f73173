import { textsOf } from "#shared/ui/metadata.ts"
import { mergeSets } from "#shared/versioned-draft/merge.ts"
import { type Outcome, storeOver } from "#shared/versioned-draft/store-over.ts"

interface Tagged {
  metadata: Record<string, unknown>
  updatedAt: string
}

interface TagsDoor {
  /** The metadata that the tags were changed on. */
  seen: Tagged["metadata"] | undefined
  read(): Promise<Tagged>
  /** Stores metadata over the state of a moment; rejects where there is another by now. */
  store(change: { metadata: Tagged["metadata"]; expectedUpdatedAt: string }): Promise<Tagged>
}

/** Changes the tags that were seen into those that are meant, over whatever else the metadata says by now. */
export const storeTags = (meant: string[], { seen, read, store }: TagsDoor): Promise<Outcome<Tagged>> =>
  storeOver<Tagged, string[]>(
    {
      save: (tags, { metadata, updatedAt }) => store({ metadata: { ...metadata, tags }, expectedUpdatedAt: updatedAt }),
      load: read,
      valueOf: ({ metadata }) => textsOf(metadata.tags),
      merge: mergeSets,
    },
    { base: textsOf(seen?.tags), mine: meant },
  )
