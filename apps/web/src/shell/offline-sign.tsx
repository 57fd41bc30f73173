"use client"

import { WifiOffIcon } from "lucide-react"
import { useSyncExternalStore } from "react"

function subscribe(listener: () => void) {
  addEventListener("online", listener)
  addEventListener("offline", listener)
  return () => {
    removeEventListener("online", listener)
    removeEventListener("offline", listener)
  }
}

/** Says so while the browser is offline. */
export function OfflineSign() {
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
  return (
    <div role="status">
      {!online && (
        <p className="fixed inset-x-0 bottom-18 z-40 mx-auto flex w-max items-center gap-2 rounded-full bg-ink px-4 py-2 text-sm text-canvas shadow-lg md:bottom-4">
          <WifiOffIcon className="size-4" aria-hidden="true" />
          Offline: you see what was loaded before.
        </p>
      )}
    </div>
  )
}
