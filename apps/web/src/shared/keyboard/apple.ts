"use client"

import { useSyncExternalStore } from "react"

const never = () => () => {}
const isApple = () => /mac|iphone|ipad/i.test(navigator.userAgent)

/** Whether the key beside the space bar is ⌘; on the server nobody knows. */
export const useApple = (): boolean => useSyncExternalStore(never, isApple, () => false)

/** A key that is pressed with the one beside the space bar, as this system names the two: "⌘K" or "Ctrl K". */
export const useChord = (key: string): string => (useApple() ? `⌘${key}` : `Ctrl ${key}`)
