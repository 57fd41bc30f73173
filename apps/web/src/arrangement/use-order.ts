"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { useEffect, useState, useSyncExternalStore } from "react"
import { complain } from "../ui/toast.tsx"
import { words } from "../words/reasons.ts"
import { type OrderDoor, OrderKeeper, type OrderState, type StoredOrder } from "./order-keeper.ts"

export interface Order {
  keeper: OrderKeeper
  state: OrderState
}

/** The order of a song or playlist on its page, which may be edited there. */
export function useOrder(stored: StoredOrder, createDoor: () => OrderDoor): Order {
  const [keeper] = useState(() => new OrderKeeper(stored, createDoor()))
  const state = useSyncExternalStore(keeper.subscribe, keeper.state, keeper.state)
  useEffect(() => keeper.adopt(stored), [keeper, stored])
  useEffect(() => {
    const onHide = () => void keeper.flush()
    const onLeave = (event: BeforeUnloadEvent) => {
      const { status } = keeper.state()
      if (status !== "unsaved" && status !== "saving") return
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
  return { keeper, state }
}

/** Says that an order was not stored, where its page is left and shows it no more. */
function tellFailure(keeper: OrderKeeper) {
  const state = keeper.state()
  const again = (name: string) => ({
    name,
    run: () => {
      keeper.tryAgain()
      void keeper.flush().then(() => tellFailure(keeper))
    },
  })
  if (state.status === "failed")
    complain(`The order was not stored. ${words[reasonOf(state.error) ?? "INTERNAL"]}`, again("Try again"))
  else if (state.status === "conflict")
    complain("The order was changed elsewhere meanwhile. Yours was not stored.", again("Store mine"))
}
