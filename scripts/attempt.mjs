import { complain } from "./say.mjs"

/** Does what everything runs without, such as writing on a disk that may be full; returns whether it could be done. */
export function attempt(doing, work) {
  try {
    work()
    return true
  } catch (error) {
    complain(`Cannot ${doing} (${error.code ?? error.message}).`)
    return false
  }
}
