import type { Inputs } from "@strudel-agent/client/client"
import type { ClipSort } from "@strudel-agent/contract/clip"
import type { ClipFilter, ClipGroupBy } from "@strudel-agent/contract/clip/bulk"
import { soundWords } from "@strudel-agent/contract/clip/sound-words"
import { limits } from "@strudel-agent/contract/limits"
import { keyOf, numberOf, type Params, textOf } from "#shared/url-state/search-params.ts"

export const sortNames: Record<ClipSort, string> = {
  updated: "Last changed",
  created: "Last made",
  oldest: "First made",
  name: "Name",
  bpm: "Tempo",
  loudness: "Loudest",
  brightness: "Brightest",
  density: "Densest",
}

/** Clips of one page of the library. */
const pageSize = 36

/** Clips that a group shows at first. */
export const groupSize = 12

/** Groups whose clips are asked for with the page. */
export const groupsAtOnce = 4

/** The library's address, in the browser and on the server. */
export interface ClipParams extends Params {
  getAll(name: string): string[]
}

/** What Next hands to the page, with every value of a name. */
export function toClipParams(found: Record<string, string | string[] | undefined>): ClipParams {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(found)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) params.append(name, each)
  }
  return params
}

const answers = { yes: true, no: false } as const

const answerOf = (params: Params, name: string): boolean | undefined => {
  const answer = keyOf(params, name, answers)
  return answer && answers[answer]
}

/** Each of the tags once, no more than a call takes. */
const tagsOf = (params: ClipParams): string[] =>
  [...new Set(params.getAll("tag").map((tag) => tag.trim().slice(0, limits.search)))]
    .filter((tag) => tag !== "")
    .slice(0, limits.tags)

/** What the library is filtered by, read from the page's address. */
export function readClipFilter(params: ClipParams): ClipFilter {
  const tags = tagsOf(params)
  return {
    q: textOf(params, "q"),
    projectId: textOf(params, "project"),
    tags: tags.length > 0 ? tags : undefined,
    untagged: answerOf(params, "untagged") || undefined,
    scale: textOf(params, "scale"),
    bpmMin: numberOf(params, "bpm_min"),
    bpmMax: numberOf(params, "bpm_max"),
    color: textOf(params, "color"),
    author: textOf(params, "author"),
    used: answerOf(params, "used"),
    state: oneOf(params, "state", stateNames),
    sound: oneOf(params, "sound", soundWords),
  }
}

/** What listening to the code found, as the address says it and as people do. */
export const stateNames = {
  plays: "Plays",
  fails: "Does not play",
  silent: "Silent",
  slow: "Takes long",
  definitions: "Only definitions",
} satisfies Record<NonNullable<ClipFilter["state"]>[number], string>

/** One of the keys of a table, as a list. */
function oneOf<Key extends string>(params: Params, name: string, table: Record<Key, unknown>): Key[] | undefined {
  const key = keyOf(params, name, table)
  return key && [key]
}

export const readClipSort = (params: Params): ClipSort => keyOf(params, "sort", sortNames) ?? "updated"

/** What a list of the library asks for. */
export const cardsInput = (filter: ClipFilter, sort: ClipSort) =>
  ({ ...filter, sort, limit: pageSize }) satisfies Inputs["clip"]["cards"]

/** The clips of a group among those that fit. */
export function groupFilter(filter: ClipFilter, by: ClipGroupBy, key: string | null): ClipFilter {
  if (by === "project") return { ...filter, projectId: key ?? undefined }
  if (key === null) return { ...filter, untagged: true }
  return { ...filter, tags: [...new Set([...(filter.tags ?? []), key])] }
}

/** What a group of the library asks for at first. */
export const groupInput = (filter: ClipFilter, sort: ClipSort) =>
  ({ ...filter, sort, limit: groupSize }) satisfies Inputs["clip"]["cards"]

export const viewNames = { cards: "Cards", rows: "Rows" } as const
export const groupNames = { none: "No groups", project: "By project", tag: "By tag" } as const

/** How the library is drawn. */
export interface ClipLook {
  view: keyof typeof viewNames
  group: keyof typeof groupNames
}

/** The cookie that remembers how the library was drawn last. */
export const lookCookie = "clips-look"

export const writeLook = ({ view, group }: ClipLook): string => `${view}.${group}`

/** How the library is drawn: as its address says, else as it was last. */
export function readLook(params: Params, remembered: string | undefined): ClipLook {
  const [view = "", group = ""] = (remembered ?? "").split(".")
  const last = new Map([
    ["view", view],
    ["group", group],
  ])
  const former = { get: (name: string) => last.get(name) ?? null }
  return {
    view: keyOf(params, "view", viewNames) ?? keyOf(former, "view", viewNames) ?? "cards",
    group: keyOf(params, "group", groupNames) ?? keyOf(former, "group", groupNames) ?? "none",
  }
}

export interface ActiveFilter {
  /** What it says, such as "Project house". */
  label: string
  /** The address's names that let go of it, and of the tag alone where it is one of several. */
  drop: Record<string, string | null>
  tag?: string
}

/** The filters that are set, in words. `projectName` tells what a project is called. */
export function activeFilters(filter: ClipFilter, projectName: (id: string) => string): ActiveFilter[] {
  const { q, projectId, tags = [], untagged, scale, bpmMin, bpmMax, color, author, used, state, sound } = filter
  const active: ActiveFilter[] = []
  const add = (label: string | undefined, ...names: string[]) => {
    if (label !== undefined) active.push({ label, drop: Object.fromEntries(names.map((name) => [name, null])) })
  }
  add(q && `“${q}”`, "q")
  add(projectId && `Project ${projectName(projectId)}`, "project")
  for (const tag of tags) active.push({ label: `#${tag}`, drop: {}, tag })
  add(untagged ? "Without a tag" : undefined, "untagged")
  add(tempoWords(bpmMin, bpmMax), "bpm_min", "bpm_max")
  add(scale, "scale")
  add(color && `Colour ${color}`, "color")
  add(author && `By ${author}`, "author")
  add(used === undefined ? undefined : used ? "Used in songs" : "Unused", "used")
  add(state?.map((each) => stateNames[each]).join(", "), "state")
  add(sound?.map((word) => soundWords[word].name).join(", "), "sound")
  return active
}

function tempoWords(from: number | undefined, to: number | undefined): string | undefined {
  if (from === undefined) return to === undefined ? undefined : `Up to ${to} bpm`
  if (to === undefined) return `From ${from} bpm`
  return from === to ? `${from} bpm` : `${from} to ${to} bpm`
}

/** The address's names that filter; the others say how the library is drawn. */
export const filterParams = [
  "q",
  "project",
  "tag",
  "untagged",
  "scale",
  "bpm_min",
  "bpm_max",
  "color",
  "author",
  "used",
  "state",
  "sound",
]
