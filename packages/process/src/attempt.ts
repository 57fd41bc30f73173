import { codeOf, messageOf } from "./error-code.ts"

/**
 * Does what everything runs without, such as writing on a disk that may be full; returns whether it could be done, and
 * complains where not.
 */
export function attempt(doing: string, work: () => void, warn: (words: string) => void): boolean {
  try {
    work()
    return true
  } catch (error) {
    warn(`Cannot ${doing} (${codeOf(error) ?? messageOf(error)}).`)
    return false
  }
}
