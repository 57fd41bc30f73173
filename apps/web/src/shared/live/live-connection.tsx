"use client"

import { LoaderCircleIcon, WifiOffIcon } from "lucide-react"
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react"
import { useLiveLibrary, useLiveState } from "./use-live.ts"

/** Milliseconds that the server may be away before it is said. */
const timeout = 2000

function listen(changed: () => void) {
  addEventListener("online", changed)
  addEventListener("offline", changed)
  return () => {
    removeEventListener("online", changed)
    removeEventListener("offline", changed)
  }
}

const useOnline = () =>
  useSyncExternalStore(
    listen,
    () => navigator.onLine,
    () => true,
  )

/** Whether the stream has been away for longer than a moment. */
function useLongAway(): boolean {
  const away = useLiveState() === "away"
  const [long, setLong] = useState(false)
  useEffect(() => {
    if (!away) return
    const timer = setTimeout(() => setLong(true), timeout)
    return () => {
      clearTimeout(timer)
      setLong(false)
    }
  }, [away])
  return away && long
}

const Sign = ({ children }: { children: ReactNode }) => (
  <p className="fixed inset-x-0 bottom-[calc(4.5rem+var(--player))] z-40 mx-auto flex w-max items-center gap-2 rounded-full bg-ink px-4 py-2 text-sm text-canvas shadow-lg md:bottom-[calc(1rem+var(--player))]">
    {children}
  </p>
)

/** Keeps the page in step with what others do, and says so when it cannot. Mounted once, behind every page. */
export function LiveConnection() {
  useLiveLibrary()
  const online = useOnline()
  const away = useLongAway()
  return (
    // A dialog that opens before this comes to life has marked it by then.
    <div role="status" suppressHydrationWarning>
      {!online ? (
        <Sign>
          <WifiOffIcon className="size-4" aria-hidden="true" />
          Offline: you see what was loaded before.
        </Sign>
      ) : (
        away && (
          <Sign>
            <LoaderCircleIcon className="size-4 motion-safe:animate-spin" aria-hidden="true" />
            Reconnecting…
          </Sign>
        )
      )}
    </div>
  )
}
