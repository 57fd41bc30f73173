"use client"

import { useRouter } from "next/navigation"
import { useEffect, useRef } from "react"
import { showToast } from "#shared/ui/toast.tsx"

type MadePath = `/projects/${string}` | `/sessions/${string}`

/** Leads from a dialog to what was made in it; where it was closed meanwhile, that is only said. */
export function useOpenCreated(onClose: () => void) {
  const router = useRouter()
  const isThere = useRef(true)
  useEffect(() => {
    isThere.current = true
    return () => {
      isThere.current = false
    }
  }, [])
  return (name: string, path: MadePath): void => {
    const open = () => router.push(path)
    if (!isThere.current) {
      showToast(`“${name}” was made all the same.`, { name: "Open", run: open })
      return
    }
    // A step back leads to the page without this dialog.
    onClose()
    open()
  }
}
