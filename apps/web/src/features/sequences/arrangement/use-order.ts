"use client"

import { useEffect, useState, useSyncExternalStore } from "react"
import { makeClientId } from "#shared/browser/client-id.ts"
import { sameIds } from "#shared/song/order.ts"
import { toastError } from "#shared/ui/toast.tsx"
import { useFoundDraft } from "#shared/versioned-draft/use-kept-draft.ts"
import { useUnloadGuard } from "#shared/versioned-draft/use-leave-guard.ts"
import { useSaveAgain } from "#shared/versioned-draft/use-save-again.ts"
import { keptOrders } from "./kept-order.ts"
import {
  createOrderKeeper,
  type OrderKeeper,
  type OrderState,
  type OrderStorage,
  type StoredOrder,
} from "./order-keeper.ts"

export interface Order {
  keeper: OrderKeeper
  state: OrderState
}

/** The order of a song or playlist on its page, which may be edited there; `name` names it in this browser. */
export function useOrder(name: string, stored: StoredOrder, createStorage: () => OrderStorage): Order {
  const [place] = useState(() => keptOrders(name))
  const [keeper] = useState(() => {
    const made = createOrderKeeper(stored, createStorage())
    const page = makeClientId()
    // Also after the page is left, for as long as something is being stored.
    made.subscribe(() => {
      const unstored = made.unstored()
      if (unstored) place.keep(unstored, page)
      else place.drop(page)
    })
    return made
  })
  const state = useSyncExternalStore(keeper.subscribe, keeper.state, keeper.state)
  useEffect(() => keeper.adopt(stored), [keeper, stored])
  const [found] = useFoundDraft(place, { isStale: ({ ids }) => sameIds(ids, stored.ids) })
  useEffect(() => {
    if (found) keeper.find(found)
  }, [keeper, found])
  const { status, aside } = state
  useUnloadGuard(status !== "saved" || aside !== undefined, () => {
    void keeper.flush()
    return true
  })
  useEffect(() => {
    const onHide = () => void keeper.flush()
    document.addEventListener("visibilitychange", onHide)
    return () => {
      document.removeEventListener("visibilitychange", onHide)
      void keeper.flush().then(() => showFailure(keeper))
    }
  }, [keeper])
  useSaveAgain(aside?.kind === "failed" && aside.failure.again, () => void keeper.retry())
  return { keeper, state }
}

/** Says that an order was not stored, where its page is left and shows it no more. */
function showFailure(keeper: OrderKeeper) {
  const { aside } = keeper.state()
  if (!aside) return
  const again = (name: string) => ({
    name,
    run: () => {
      keeper.tryAgain()
      void keeper.flush().then(() => showFailure(keeper))
    },
  })
  if (aside.kind === "failed") toastError(`The order was not stored. ${aside.failure.text}`, again("Try again"))
  else if (aside.kind === "conflict")
    toastError("The order was changed elsewhere meanwhile. Yours was not stored.", again("Store mine"))
  else toastError("Your last order is still not stored.", again("Store mine"))
}
