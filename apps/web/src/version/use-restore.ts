"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { complain, offerForAWhile, say } from "../ui/toast.tsx"
import { words } from "../words/reasons.ts"

/** Makes a former version the current one, with a way back; `without` says what is left out of it. */
export function useRestore(current: number, store: (version: number, leaveOutMissing: boolean) => Promise<unknown>) {
  return async function restore(version: number, without?: string): Promise<void> {
    try {
      await store(version, without !== undefined)
      offerForAWhile(`Restored version ${version}${without ? ` without ${without}` : ""}.`, () => void bringBack())
    } catch (error) {
      complain(notRestored(error))
    }
  }

  async function bringBack() {
    try {
      await store(current, false)
      say(`Version ${current} is back.`)
    } catch (error) {
      complain(notRestored(error))
    }
  }
}

const notRestored = (error: unknown) => `Not restored. ${words[reasonOf(error) ?? "INTERNAL"]}`
