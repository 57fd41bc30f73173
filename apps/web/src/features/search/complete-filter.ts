import type { Inputs } from "@strudel-agent/client/client"
import { type SearchFilter, searchFilters, searchKinds } from "@strudel-agent/contract/search/text"

const statuses = ["active", "idle", "terminated"]

/** What each filter is for, in a few words, by its name with its colon. */
export const filterWords: Record<string, string> = {
  "kind:": "what it is: clip, song, message …",
  "in:": "the project it belongs to",
  "tag:": "a tag of a clip, song, playlist or session",
  "bpm:": "a clip's tempo; also >=120",
  "plays:": "whether a clip's code plays: yes or no",
  "agent:": "the agent of a session",
  "status:": "active, idle or terminated",
} satisfies Record<`${SearchFilter}:`, string>

/** Every filter's name with its colon. */
export const filterNames = Object.keys(searchFilters).map((name) => `${name}:`)

const values: Record<string, readonly string[]> = { "kind:": searchKinds, "plays:": ["yes", "no"], "status:": statuses }

/** Completes the filter that a text ends with, its name or one of its values; undefined where there is nothing to complete. */
export function completeFilter(text: string): string | undefined {
  const [last = ""] = /\S+$/.exec(text) ?? []
  if (last === "") return undefined
  const before = text.slice(0, text.length - last.length)
  const name = filterNames.find((each) => last.toLowerCase().startsWith(each))
  if (!name) {
    const begun = filterNames.find((each) => each.startsWith(last.toLowerCase()))
    return begun && before + begun
  }
  const typed = last.slice(name.length).toLowerCase()
  const value = values[name]?.find((each) => each.startsWith(typed) && each !== typed)
  return value && `${before}${name}${value} `
}

/** Filters whose values are what there is, not a list of words. */
export type OfferedFilter = Inputs["search"]["values"]["filter"]
const offeredFilters: readonly OfferedFilter[] = ["tag", "in", "agent"]

export interface BegunFilter {
  filter: OfferedFilter
  /** What there is of its value, without a quotation mark. */
  begins: string
  /** The text before the value, with the filter's name and colon. */
  before: string
}

/** The filter of which a text ends with a value that is being typed; undefined where it ends with none. */
export function begunFilter(text: string): BegunFilter | undefined {
  const [, lead = "", name = "", quoted, bare = ""] = /^((?:.*\s)?)([a-z]+):(?:"([^"]*)|([^\s"]*))$/is.exec(text) ?? []
  const filter = offeredFilters.find((each) => each === name.toLowerCase())
  return filter && { filter, begins: (quoted ?? bare).trim(), before: `${lead}${filter}:` }
}

/** A text with the value of its last filter, and a space to go on behind. */
export const withValue = ({ before }: BegunFilter, value: string): string =>
  `${before}${/\s/.test(value) ? `"${value.replaceAll('"', "")}"` : value} `
