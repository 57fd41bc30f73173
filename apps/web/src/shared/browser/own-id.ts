"use client"

import { useSyncExternalStore } from "react"
import { makeClientId } from "./client-id.ts"
import { readStored, writeStored } from "./stored-text.ts"

const key = "own id"
let kept: string | undefined

/** The id by which this browser knows again what it did; another one with each visit where it keeps nothing. */
export function ownId(): string {
  kept ??= readStored(key) ?? undefined
  if (kept === undefined) {
    kept = makeClientId()
    writeStored(key, kept)
  }
  return kept
}

const never = () => () => {}

/** This browser's id once the page is alive. */
export const useOwnId = (): string | undefined =>
  useSyncExternalStore<string | undefined>(never, ownId, () => undefined)
