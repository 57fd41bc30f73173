import { textsOf } from "#shared/ui/metadata.ts"
import { mergeTags } from "./merge-tags.ts"
import { storeWithRetry } from "./serial-writes.ts"

type Metadata = Record<string, unknown>

interface TagsDoor<T> {
  /** The metadata that the tags were changed on. */
  seen: Metadata | undefined
  read(): Promise<{ metadata: Metadata; updatedAt: string }>
  /** Stores metadata over the state of a moment; rejects where there is another by now. */
  store(change: { metadata: Metadata; expectedUpdatedAt: string }): Promise<T>
}

/** Changes the tags that were seen into those that are meant, over whatever else the metadata says by now. */
export const storeTags = <T>(meant: string[], { seen, read, store }: TagsDoor<T>): Promise<T> =>
  storeWithRetry(async () => {
    const { metadata, updatedAt: expectedUpdatedAt } = await read()
    const tags = mergeTags({ seen: textsOf(seen?.tags), meant, stored: textsOf(metadata.tags) })
    return store({ metadata: { ...metadata, tags }, expectedUpdatedAt })
  })
