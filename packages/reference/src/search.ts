import { entries } from "./entries.ts"
import type { Entry, EntryKind } from "./entry.ts"
import { nearestNames } from "./nearest.ts"

export interface ReferenceSearch {
  /** A name, or what something is to do. */
  query: string
  kind?: EntryKind | undefined
  /** Entries at most. */
  limit?: number
}

export interface ReferenceFound {
  items: Entry[]
  /** Whether one of them, or an alias of it, is called exactly so. */
  exact: boolean
  /** Where nothing is called so: names that are nearly so, the nearest first. */
  nearest: string[]
}

const usualLimit = 8
/** Characters and words of a query that are looked at. */
const mostOf = { characters: 200, words: 12 }
const namesOf = ({ name, aliases }: Entry): string[] => [name, ...aliases]
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []

/** Words that say nothing of what is looked for. */
const idle = new Set(
  "a an and as at be by do for from how i in is it make me my of on or so some sound that the to with".split(" "),
)

/** The beginning that different forms of a word have in common. */
const stem = (word: string): string => word.replace(/(?:ing|ed|er|es|s)$/, "") || word

interface Known {
  entry: Entry
  names: string[]
  phrases: string[]
  stems: Set<string>
  does: Set<string>
}

const known: Known[] = entries.map((entry) => ({
  entry,
  names: namesOf(entry).map((name) => name.toLowerCase()),
  phrases: entry.purposes.map((phrase) => phrase.toLowerCase()),
  stems: new Set(entry.purposes.flatMap(wordsOf).map(stem)),
  does: new Set([...wordsOf(entry.does), ...wordsOf(entry.topic)].map(stem)),
}))

/** Things of several kinds may have one name: the first of them is the first told. */
const byName = new Map<string, Entry[]>()
for (const entry of entries)
  for (const name of new Set(namesOf(entry))) byName.set(name, [...(byName.get(name) ?? []), entry])

/** What is called exactly so, by its name or an alias; of one of the kinds, where some are named. */
export const entryNamed = (name: string, ...kinds: EntryKind[]): Entry | undefined =>
  byName.get(name)?.find(({ kind }) => kinds.length === 0 || kinds.includes(kind))

/** How well an entry fits; 0 where it does not. */
function fitOf({ entry, names, phrases, stems, does }: Known, query: string, words: string[]): number {
  const bare = query.replace(/^\.|\(.*$/g, "")
  if (entry.name.toLowerCase() === bare) return 1000
  if (names.includes(bare)) return 900
  let fit = phrases.includes(query) ? 300 : 0
  // The first purposes are the most fitting ones.
  if (fit > 0) fit += 20 - Math.min(phrases.indexOf(query), 20)
  for (const word of words) {
    if (names.includes(word)) fit += 60
    else if (word.length > 2 && names.some((name) => name.startsWith(word))) fit += 25
    else if (stems.has(stem(word))) fit += 40
    else if (does.has(stem(word))) fit += 10
  }
  return fit
}

/** Finds entries by name, by alias and by what they are for, the most fitting first. */
export function searchReference({ query, kind, limit = usualLimit }: ReferenceSearch): ReferenceFound {
  const asked = query.trimStart().slice(0, mostOf.characters).trimEnd().toLowerCase()
  const words = [...new Set(wordsOf(asked).filter((word) => !idle.has(word)))].slice(0, mostOf.words)
  const among = kind === undefined ? known : known.filter(({ entry }) => entry.kind === kind)
  const fitting = among
    .map((each) => ({ entry: each.entry, fit: asked === "" ? 1 : fitOf(each, asked, words) }))
    .filter(({ fit }) => fit > 0)
    .sort((one, other) => other.fit - one.fit)
  const exact = (fitting[0]?.fit ?? 0) >= 900
  return {
    items: fitting.slice(0, limit).map(({ entry }) => entry),
    exact,
    nearest:
      exact || asked === ""
        ? []
        : nearestNames(
            asked.replace(/^\.|\(.*$/g, ""),
            among.flatMap(({ entry }) => namesOf(entry)),
          ),
  }
}
