import type { InputFile } from "@strudel-agent/importer/input-file"
import { useSyncExternalStore } from "react"

export interface Offer {
  given: InputFile[]
  /** The project that was open. */
  projectId: string | undefined
}

let offer: Offer | undefined
const listeners = new Set<() => void>()

/** Sets what is to be imported; undefined when that is done. */
export function setOffer(next: Offer | undefined): void {
  offer = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What a person gave the page to import. */
export const useOffer = (): Offer | undefined =>
  useSyncExternalStore(
    subscribe,
    () => offer,
    () => undefined,
  )
