"use client"

import { useEffect, useState, useSyncExternalStore } from "react"
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
      void keeper.flush()
    }
  }, [keeper])
  return { keeper, state }
}
