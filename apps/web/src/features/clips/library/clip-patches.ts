"use client"

import { useSyncExternalStore } from "react"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import { clipKey } from "#shared/clip/clip-list.ts"

/** What a change that is on its way makes of a clip. */
export type Patch = (card: ClipCard) => ClipCard

const patches = new Map<string, { patch: Patch }[]>()
const listeners = new Set<() => void>()
let version = 0

function tell() {
  version++
  for (const listener of [...listeners]) listener()
}

/** Shows clips as they will be; what it returns takes that back. */
export function showPatched(keys: string[], patch: Patch): () => void {
  const entry = { patch }
  for (const key of keys) patches.set(key, [...(patches.get(key) ?? []), entry])
  tell()
  return () => {
    for (const key of keys) {
      const rest = (patches.get(key) ?? []).filter((other) => other !== entry)
      if (rest.length > 0) patches.set(key, rest)
      else patches.delete(key)
    }
    tell()
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** A number that changes with every change on its way. */
export const usePatchVersion = (): number =>
  useSyncExternalStore(
    subscribe,
    () => version,
    () => 0,
  )

/** A clip with every change that is on its way. */
export const patched = (card: ClipCard): ClipCard =>
  (patches.get(clipKey(card)) ?? []).reduce((changed, { patch }) => patch(changed), card)
