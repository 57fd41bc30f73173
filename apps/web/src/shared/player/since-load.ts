import { type ChangeDesc, ChangeSet } from "@codemirror/state"
import { changeBetween } from "#shared/editor/replace-text.ts"
import type { Load } from "./player-signals.ts"

/** A place in the editor's text. */
export interface Stretch {
  from: number
  to: number
}

interface Version {
  at: number
  length: number
  /** From the code that was taken up to the text as it is. */
  changes: ChangeDesc
}

/** Finds the places of events, which point into the code as it was taken up, in the text as it is by now. */
export function createSinceLoad(loads: Load[], text: string) {
  const toVersion = ({ code, at }: Load, current: string): Version => ({
    at,
    length: code.length,
    changes: ChangeSet.of(changeBetween(code, current), code.length).desc,
  })
  let versions = loads.map((load) => toVersion(load, text))
  const heardAt = (moment: number) => versions.findLast(({ at }) => at <= moment) ?? versions[0]
  return {
    /** Takes note of code that was taken up while the text is this. */
    load(load: Load, current: string) {
      versions = [...versions, toVersion(load, current)].slice(-3)
    },
    change(changes: ChangeDesc) {
      for (const version of versions) version.changes = version.changes.composeDesc(changes)
    },
    /** Where a place of the text stands in the code that was taken up last, or in that which is heard at a moment. */
    inLoaded: (place: number, moment = Number.POSITIVE_INFINITY): number | undefined =>
      heardAt(moment)?.changes.invertedDesc.mapPos(place, -1),
    /** The place of an event that is heard at a moment; undefined where its text is gone. */
    find([begin, end]: readonly [number, number], moment: number): Stretch | undefined {
      const version = heardAt(moment)
      if (!version || begin >= end || end > version.length) return undefined
      const from = version.changes.mapPos(begin, 1)
      const to = version.changes.mapPos(end, -1)
      return from < to ? { from, to } : undefined
    },
  }
}
