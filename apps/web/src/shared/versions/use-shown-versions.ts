"use client"

import { useSearchParams } from "next/navigation"
import { readShownVersions, toggleVersion, withShownVersions } from "./shown-versions.ts"

/** The versions that the page's address shows against one another, and how to show others. */
export function useShownVersions(current: number) {
  const shown = readShownVersions(useSearchParams())
  const put = (versions: number[]) =>
    // The router hears of an address that comes without its own state.
    history.replaceState(null, "", `${location.pathname}${withShownVersions(location.search, versions)}`)
  const [first = current, second = current] = shown
  const pair: [number, number] = [Math.min(first, second), Math.max(first, second)]
  return {
    shown,
    pair: pair[0] === pair[1] ? undefined : pair,
    toggle: (version: number) => put(toggleVersion(shown, version)),
    close: () => put([]),
  }
}
