import type { Place } from "../result.ts"
import { placeOfSuspect } from "./suspect-loop.ts"
import { transpile } from "./transpile.ts"

/** The loop to blame in code that did not end, where nothing is known of how it was stopped; null if it has none. */
export function suspectedLoop(code: string): Place | null {
  try {
    return placeOfSuspect(transpile(code).tree)
  } catch {
    return null
  }
}
