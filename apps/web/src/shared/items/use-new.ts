"use client"

import type { TextKind } from "@strudel-agent/contract/item"
import { usePathname, useSearchParams } from "next/navigation"
import { useEffect, useState } from "react"
import { useActions } from "#shared/keyboard/actions.ts"

/** Whether the dialog that makes something is open: the key "n" opens it, and `?new=1` in the address. */
export function useNew(what: TextKind | "session" | "project") {
  const params = useSearchParams()
  const pathname = usePathname()
  const asked = params.get("new") === "1"
  const [open, setOpen] = useState(false)
  useActions([{ id: `${what}s-new`, name: `New ${what}`, keys: "n", group: "Make", run: () => setOpen(true) }])

  useEffect(() => {
    if (!asked) return
    setOpen(true)
    const rest = new URLSearchParams(params)
    rest.delete("new")
    window.history.replaceState(null, "", rest.size > 0 ? `${pathname}?${rest}` : pathname)
  }, [asked, params, pathname])

  return { open, setOpen }
}
