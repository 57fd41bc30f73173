import type { PartKind } from "#shared/song/part.ts"
import type { TextStorage } from "#shared/text/text-storage.ts"
import { showToast } from "#shared/ui/toast.tsx"
import type { LinkBase } from "#shared/url-state/item-link.ts"
import { inSeries } from "#shared/versioned-draft/write-queue.ts"
import { countOf } from "#shared/words/count.ts"
import { storeTag, type TagChange } from "../about/store-tags.ts"
import type { OrderStorage } from "../arrangement/order-keeper.ts"
import { orderOfText } from "../arrangement/text-order.ts"

interface Stored {
  body: string
  metadata: Record<string, unknown>
  version: number
  updatedAt: string
}

interface Change {
  name?: string
  body?: string
  metadata?: Record<string, unknown>
  partIds?: string[] | undefined
  expectedUpdatedAt?: string
}

/** The calls about one song or playlist. */
interface SequenceCalls<Saved extends Stored> {
  /** What stands in it. */
  part: PartKind
  /** Where the links of its text begin. */
  base: LinkBase
  partsOf: (saved: Saved) => string[]
  /** Rejects where the project has no such part. */
  findPart: (id: string) => Promise<unknown>
  /** What the page knows of it. */
  known: () => Saved | undefined
  read: () => Promise<Saved>
  update: (change: Change) => Promise<Saved>
  restore: (version: number, leaveOutMissing: boolean) => Promise<Saved>
  /** Shows what was stored. */
  keep: (saved: Saved) => Saved
  order: OrderStorage
}

/** How the page of a song or playlist stores what is changed on it. */
export interface SequenceStore {
  order: OrderStorage
  text: TextStorage
  restore: (version: number, leaveOutMissing: boolean) => Promise<{ version: number }>
  rename: (name: string) => Promise<unknown>
  /** Puts a tag on or takes it off, over whatever the metadata says by then. */
  changeTag: (change: TagChange) => Promise<unknown>
}

const toText = ({ body, updatedAt }: Stored) => ({ text: body, updatedAt })

/** The store of a song or playlist: one write after the other, each shown at once. */
export function sequenceStore<Saved extends Stored>(calls: SequenceCalls<Saved>): SequenceStore {
  const { part, base, partsOf, findPart, known, read, update, restore, keep, order } = calls
  const inTurn = inSeries()

  const isThere = (id: string) =>
    findPart(id).then(
      () => true,
      () => false,
    )

  const text: TextStorage = {
    async save(body, expectedUpdatedAt) {
      const former = known()
      const partIds =
        former?.updatedAt === expectedUpdatedAt
          ? await orderOfText({
              kind: part,
              base,
              former: { text: former.body, ids: partsOf(former) },
              text: body,
              isThere,
            })
          : undefined
      const saved = keep(await update({ body, partIds, expectedUpdatedAt }))
      if (partIds) showToast(`The order follows the text: ${countOf(partIds.length, part)}.`)
      return toText(saved)
    },
    load: async () => toText(keep(await read())),
  }

  return {
    order,
    text,
    restore: (version, leaveOutMissing) => inTurn(() => restore(version, leaveOutMissing)),
    rename: (name) => inTurn(async () => keep(await update({ name }))),
    changeTag: (change) =>
      inTurn(() => storeTag(change, { read, store: async (stored) => keep(await update(stored)) })),
  }
}
