import { lanesOf } from "../picture/lanes.ts"
import type { Place } from "../result.ts"
import type { Evaluated } from "./evaluated.ts"
import { readHaps, type Window } from "./haps.ts"
import { placeOfLastStatement } from "./problem.ts"

/** The first lane that cannot be asked for its events, or the last statement of code without lanes. */
export function placeOfCulprit({ code, performance, transpiled }: Evaluated, window: Window): Place | null {
  for (const { label, place } of lanesOf(performance, { code, tree: transpiled.tree }, [])) {
    const pattern = performance.labels.get(label)
    try {
      if (pattern) readHaps(pattern, window)
    } catch {
      return place
    }
  }
  return placeOfLastStatement(code)
}
