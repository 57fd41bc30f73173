"use client"

import { usePathname, useSearchParams } from "next/navigation"
import { useCallback, useMemo, useState } from "react"
import { keepCookie } from "#shared/browser/cookies.ts"
import {
  type ClipLook,
  filterParams,
  lookCookie,
  readClipFilter,
  readClipSort,
  readLook,
  writeLook,
} from "./clip-filter.ts"

/** Values by their names in the address; null lets go of one. */
export type AddressChange = Record<string, string | string[] | null>

/** The search of the address: the router tells of a change only after the next drawing, and a checked box would not wait. */
function useSearch(address: string) {
  const [search, setSearch] = useState(address)
  const [former, setFormer] = useState(address)
  if (former !== address) {
    setFormer(address)
    // What the router tells late, after a further change, is over.
    if (new URLSearchParams(window.location.search).toString() === address) setSearch(address)
  }
  return { search, setSearch }
}

/** The library's address: what it filters by, sorts by and looks like, and how to change that. */
export function useClipAddress(remembered: string | undefined) {
  const pathname = usePathname()
  const params = useSearchParams()
  const { search, setSearch } = useSearch(params.toString())

  const go = useCallback(
    (change: AddressChange, { leave = false } = {}) => {
      const next = new URLSearchParams(window.location.search)
      for (const [name, value] of Object.entries(change)) {
        next.delete(name)
        for (const each of Array.isArray(value) ? value : [value]) if (each) next.append(name, each)
      }
      setSearch(next.toString())
      const address = next.size > 0 ? `${pathname}?${next}` : pathname
      if (leave) window.history.pushState(null, "", address)
      else window.history.replaceState(null, "", address)
    },
    [pathname, setSearch],
  )
  const [last, setLast] = useState(remembered)
  const look = useMemo(() => readLook(new URLSearchParams(search), last), [search, last])
  const draw = useCallback(
    (change: Partial<ClipLook>) => {
      const next = { ...look, ...change }
      keepCookie(lookCookie, writeLook(next))
      setLast(writeLook(next))
      go({ view: next.view === "cards" ? null : next.view, group: next.group === "none" ? null : next.group })
    },
    [look, go],
  )
  const clear = useCallback(() => go(Object.fromEntries(filterParams.map((name) => [name, null]))), [go])
  const { filter, sort } = useMemo(() => {
    const read = new URLSearchParams(search)
    return { filter: readClipFilter(read), sort: readClipSort(read) }
  }, [search])
  return { filter, sort, look, go, draw, clear }
}

export type ClipAddress = ReturnType<typeof useClipAddress>
