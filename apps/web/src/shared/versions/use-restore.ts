"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { offerForAWhile, showToast, toastError } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"

/** Makes a version the next one, without what is gone of it where that is asked for; answers with what is stored then. */
type Store = (version: number, leaveOutMissing: boolean) => Promise<{ version: number }>

/** Makes a former version the current one, with a way back; `without` says what is left out of it. */
export function useRestore(current: number, store: Store) {
  return async function restore(version: number, without?: string): Promise<void> {
    try {
      const stored = await store(version, without !== undefined)
      if (stored.version === current) return showToast(`It says the same as version ${version} already.`)
      const words = `Restored version ${version}${without ? ` without ${without}` : ""}.`
      // Not the one that the page knew: another may have been stored meanwhile.
      offerForAWhile(words, () => void bringBack(store, stored.version - 1))
    } catch (error) {
      toastError(notRestored(error))
    }
  }
}

async function bringBack(store: Store, version: number): Promise<void> {
  try {
    await store(version, false)
    showToast(`Version ${version} is back.`)
  } catch (error) {
    toastError(notRestored(error))
  }
}

const notRestored = (error: unknown) => `Not restored. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`
