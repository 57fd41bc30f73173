"use client"

import { useSyncExternalStore } from "react"
import { makeClientId } from "#shared/browser/client-id.ts"

const never = () => () => {}

/** The address that this page has, without a path: others reach the product there as far as they reach this machine. */
export const useOwnAddress = (): string =>
  useSyncExternalStore(
    never,
    () => location.origin,
    () => "",
  )

let newId: string | undefined

function ownNewId(): string {
  newId ??= makeClientId()
  return newId
}

/** An id for a session that is to be made, the same until the page is left. */
export const useNewSessionId = (): string => useSyncExternalStore(never, ownNewId, () => "")
