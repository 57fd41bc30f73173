"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { useEffect, useState, useSyncExternalStore } from "react"
import { toastError } from "#shared/ui/toast.tsx"
import { isPassing, useSaveAgain } from "#shared/versioned-draft/use-save-again.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { keepOrder, readOrder } from "./kept-order.ts"
import { OrderKeeper, type OrderState, type OrderStorage, type StoredOrder } from "./order-keeper.ts"

export interface Order {
  keeper: OrderKeeper
  state: OrderState
}

/** The order of a song or playlist on its page, which may be edited there; `name` names it in this browser. */
export function useOrder(name: string, stored: StoredOrder, createStorage: () => OrderStorage): Order {
  const [keeper] = useState(() => new OrderKeeper(stored, createStorage(), { keep: (order) => keepOrder(name, order) }))
  const state = useSyncExternalStore(keeper.subscribe, keeper.state, keeper.state)
  useEffect(() => keeper.adopt(stored), [keeper, stored])
  useEffect(() => {
    const kept = readOrder(name)
    if (kept) keeper.find(kept)
  }, [keeper, name])
  useEffect(() => {
    const onHide = () => void keeper.flush()
    const onLeave = (event: BeforeUnloadEvent) => {
      const { status, aside } = keeper.state()
      if (status === "saved" && !aside) return
      void keeper.flush()
      event.preventDefault()
    }
    document.addEventListener("visibilitychange", onHide)
    addEventListener("beforeunload", onLeave)
    return () => {
      document.removeEventListener("visibilitychange", onHide)
      removeEventListener("beforeunload", onLeave)
      void keeper.flush().then(() => tellFailure(keeper))
    }
  }, [keeper])
  const { aside } = state
  useSaveAgain(aside?.kind === "failed" && isPassing(reasonOf(aside.error)), () => void keeper.retry())
  return { keeper, state }
}

/** Says that an order was not stored, where its page is left and shows it no more. */
function tellFailure(keeper: OrderKeeper) {
  const { aside } = keeper.state()
  if (!aside) return
  const again = (name: string) => ({
    name,
    run: () => {
      keeper.tryAgain()
      void keeper.flush().then(() => tellFailure(keeper))
    },
  })
  if (aside.kind === "failed")
    toastError(`The order was not stored. ${wordsOf(reasonOf(aside.error) ?? "INTERNAL")}`, again("Try again"))
  else if (aside.kind === "conflict")
    toastError("The order was changed elsewhere meanwhile. Yours was not stored.", again("Store mine"))
  else toastError("Your last order is still not stored.", again("Store mine"))
}
