"use client"

import { useSyncExternalStore } from "react"
import { readStored, writeStored } from "#shared/browser/stored-text.ts"

export type DiffLayout = "unified" | "split"

const key = "diff layout"
const listeners = new Set<() => void>()
let chosen: DiffLayout | undefined

const current = (): DiffLayout => (chosen ??= readStored(key) === "split" ? "split" : "unified")

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** How changes of code are laid out, everywhere and for later visits. */
export function setDiffLayout(layout: DiffLayout): void {
  chosen = layout
  writeStored(key, layout === "unified" ? "" : layout)
  for (const listener of listeners) listener()
}

/** How the reader wants changes of code to be laid out. */
export const useDiffLayout = (): DiffLayout => useSyncExternalStore(subscribe, current, () => "unified")
