import { diffWordsWithSpace } from "diff"

/** A run of a line's words, and whether the line in its place says something else there. */
export interface WordRun {
  text: string
  changed: boolean
}

/** Characters of a line whose words are compared, and milliseconds that it may take. */
const longest = 4000
const timeout = 20
/** Where more than this share of a line is changed, marks would tell nothing. */
const most = 0.6

/** The words of a line against those of the line in its place; undefined where they have too little in common. */
export function changedWords(text: string, other: string): WordRun[] | undefined {
  if (text.length > longest || other.length > longest) return undefined
  const runs = diffWordsWithSpace(other, text, { timeout })
    ?.filter(({ removed }) => !removed)
    .map(({ value, added }) => ({ text: value, changed: added }))
  if (!runs) return undefined
  const changed = runs.reduce((sum, run) => sum + (run.changed ? run.text.length : 0), 0)
  return changed > most * text.length ? undefined : runs
}
