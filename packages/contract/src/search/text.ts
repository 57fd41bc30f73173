import { itemKinds } from "../item.ts"
import { SessionStatus } from "../session.ts"

/** What a search finds, in the order in which equals are listed. */
export const searchKinds = ["project", ...itemKinds.toReversed(), "session", "message"] as const
export type SearchKind = (typeof searchKinds)[number]

/** What a search box says: text to look for, and filters that every hit has to pass. */
export interface SearchText {
  /** What is left without the filters, as it was typed. */
  text: string
  /** Beats per minute, both bounds inclusive. */
  bpm: { min?: number; max?: number } | undefined
  /** All of these. */
  tags: string[]
  /** Any of these, here and below. */
  projects: string[]
  kinds: SearchKind[]
  agents: string[]
  statuses: SessionStatus[]
  /** Whether a clip's code plays; undefined asks for no clip. */
  plays: boolean | undefined
}

/** A word of the text, or several between quotation marks that have to stand like that. */
export interface SearchWord {
  text: string
  quoted: boolean
}

/** The filters that a box understands, with a value as an example. */
export const searchFilters = {
  kind: "clip",
  in: "house",
  tag: "acid",
  bpm: "120..130",
  plays: "no",
  agent: "strudel",
  status: "active",
} as const satisfies Record<string, string>
export type SearchFilter = keyof typeof searchFilters

const isFilter = (name: string): name is SearchFilter => Object.hasOwn(searchFilters, name)

const filter = /^([a-z]+):(?:"([^"]*)"|([^\s"]\S*)|(?=\s|$))/i
const word = /^(?:"([^"]*)(?:"|$)|(\S+))/
const fastest = 10_000

/** Reads a box's text. Every text means something: what is no filter is looked for. */
export function parseSearchText(source: string): SearchText {
  const search: SearchText = {
    ...{ text: "", bpm: undefined, plays: undefined },
    ...{ tags: [], projects: [], kinds: [], agents: [], statuses: [] },
  }
  const pieces = [""]
  for (let rest = source; rest !== ""; ) {
    const [blank = ""] = /^\s*/.exec(rest) ?? []
    rest = rest.slice(blank.length)
    const [whole, name = "", quoted, bare] = filter.exec(rest) ?? []
    if (whole !== undefined && takeFilter(search, name.toLowerCase(), (quoted ?? bare ?? "").trim())) {
      pieces.push("")
      rest = rest.slice(whole.length)
      continue
    }
    const [plain = ""] = word.exec(rest) ?? []
    pieces.push(`${pieces.pop()}${blank}${plain}`)
    rest = rest.slice(plain.length)
  }
  return { ...search, text: pieces.flatMap((piece) => piece.trim() || []).join(" ") }
}

/** Takes a filter into a search; false where there is none of that name or value. One without a value is being typed. */
function takeFilter(search: SearchText, name: string, value: string): boolean {
  if (!isFilter(name)) return false
  if (value === "") return true
  const add = <T>(list: T[], item: T | undefined): boolean => {
    if (item !== undefined && !list.includes(item)) list.push(item)
    return item !== undefined
  }
  switch (name) {
    case "bpm": {
      const bpm = parseBpm(value)
      search.bpm = bpm ?? search.bpm
      return bpm !== undefined
    }
    case "plays": {
      const answer = value.toLowerCase()
      if (answer !== "yes" && answer !== "no") return false
      search.plays = answer === "yes"
      return true
    }
    case "tag":
      return add(search.tags, value)
    case "in":
      return add(search.projects, value)
    case "agent":
      return add(search.agents, value)
    case "kind":
      return add(search.kinds, toKind(value))
    case "status":
      return add(search.statuses, SessionStatus.safeParse(value.toLowerCase()).data)
  }
}

const toKind = (value: string): SearchKind | undefined =>
  searchKinds.find((kind) => [kind, `${kind}s`].includes(value.toLowerCase()))

const number = String.raw`(\d{1,5}(?:\.\d{1,3})?)`
const range = new RegExp(`^(?:${number}?\\.\\.${number}?|>=${number}|<=${number}|${number})$`)

function parseBpm(value: string): SearchText["bpm"] {
  const [whole, from, to, least, most, exact] = range.exec(value) ?? []
  const bounds = [from ?? least ?? exact, to ?? most ?? exact].map((bound) => bound && Number(bound))
  if (whole === undefined || bounds.every((bound) => !bound && bound !== 0)) return undefined
  if (bounds.some((bound) => Number(bound) > fastest)) return undefined
  const [one, other] = bounds
  if (typeof one !== "number") return { max: Number(other) }
  if (typeof other !== "number") return { min: one }
  return { min: Math.min(one, other), max: Math.max(one, other) }
}

const quotedIfNeeded = (value: string): string => (/\s/.test(value) ? `"${value}"` : value)

function printBpm({ min, max }: NonNullable<SearchText["bpm"]>): string {
  if (min === max) return `${min}`
  if (max === undefined) return `>=${min}`
  return min === undefined ? `<=${max}` : `${min}..${max}`
}

/** Writes a search as a box's text that reads as the same search; filters come first. */
export function printSearchText({ text, bpm, plays, tags, projects, kinds, agents, statuses }: SearchText): string {
  return [
    ...kinds.map((kind) => `kind:${kind}`),
    ...projects.map((project) => `in:${quotedIfNeeded(project)}`),
    ...tags.map((tag) => `tag:${quotedIfNeeded(tag)}`),
    ...(bpm ? [`bpm:${printBpm(bpm)}`] : []),
    ...(plays === undefined ? [] : [`plays:${plays ? "yes" : "no"}`]),
    ...agents.map((agent) => `agent:${quotedIfNeeded(agent)}`),
    ...statuses.map((status) => `status:${status}`),
    ...(text ? [text] : []),
  ].join(" ")
}

/** The words of a search's text and what stands between quotation marks at the start of a word. */
export function wordsOf(text: string): SearchWord[] {
  const words: SearchWord[] = []
  for (let rest = text.trim(); rest !== ""; ) {
    const [whole = rest, quoted, plain] = word.exec(rest) ?? []
    const found = (quoted ?? plain ?? "").trim()
    if (found) words.push({ text: found, quoted: quoted !== undefined })
    rest = rest.slice(whole.length).trimStart()
  }
  return words
}

/** A search's text without the quotation marks that only hold words together. */
export const withoutQuotes = (text: string): string =>
  wordsOf(text)
    .map((each) => each.text)
    .join(" ")
