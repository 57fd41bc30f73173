import { draftPlace, type Shelf } from "#shared/versioned-draft/kept-draft.ts"
import { isListOf, isShape, isText } from "#shared/versioned-draft/shape.ts"

/** An order that is not stored yet. */
export interface KeptOrder {
  ids: string[]
  /** The stored order that it was made on. */
  base: string[]
}

const isIds = isListOf(isText)
const isKept = isShape<KeptOrder>({ ids: isIds, base: isIds })

/** Where an order is kept in the browser; `name` names what is ordered. */
export const keptOrders = (name: string, shelf?: () => Shelf) =>
  draftPlace<KeptOrder>(`order:${name}`, (value) => (isKept(value) ? value : undefined), {
    former: `strudel-agent/order/${name}`,
    ...(shelf && { shelf }),
  })
