import type { SearchHit, SearchPart } from "@strudel-agent/contract/search"
import { foldText } from "@strudel-agent/contract/search/fold"
import { markHits, searchPattern } from "@strudel-agent/contract/search/highlight"
import { ClockIcon, type LucideIcon, ZapIcon } from "lucide-react"
import type { Action } from "#shared/keyboard/actions.ts"
import type { RecentPlace } from "#shared/shell/palette-recent.ts"
import { type HitPath, hitHref } from "../hit-href.ts"
import { iconOf, kinds } from "../kinds.ts"

interface Shown {
  id: string
  title: SearchPart[]
  icon: LucideIcon
  /** What it is and where it belongs. */
  note?: string
  snippet?: SearchPart[]
  isCode?: boolean
  keys?: string | undefined
}

/** One line of the palette: something to do, or somewhere to go. */
export type Target = Shown & ({ run: () => void; href?: undefined } | { href: HitPath; run?: undefined })

export interface Group {
  name: string
  targets: Target[]
}

/** Actions and places that are offered beside hits. */
const beside = 4

const has = (name: string, text: string): boolean =>
  foldText(text)
    .split(/\s+/)
    .every((word) => foldText(name).includes(word))

interface Offers {
  /** What was typed. */
  text: string
  actions: Action[]
  recent: RecentPlace[]
  hits: SearchHit[]
}

/** The rank of a kind's best hit: the kind that fits best comes first. Beyond the point it says nothing across kinds. */
const best = (hits: SearchHit[]): number => Math.floor(Math.max(-1, ...hits.map(({ rank }) => rank)))

/** All that the palette offers: what can be done and where one was, and what was found. */
export function paletteGroups({ text, actions, recent, hits }: Offers): Group[] {
  const pattern = searchPattern(text, true)
  const groups: Group[] = [
    { name: "Recent", targets: recent.filter(({ name }) => has(name, text)).map((place) => toPlace(place, pattern)) },
    {
      name: "Actions",
      // What the page offers under the same name comes first, and alone.
      targets: actions
        .filter(({ name }, place) => actions.findIndex((each) => each.name === name) === place)
        .flatMap((action) => toAction(action, text, pattern)),
    },
  ]
  const offered = text === "" ? groups : groups.map((group) => ({ ...group, targets: group.targets.slice(0, beside) }))
  const found = kinds
    .map(({ kind, name }) => ({ name, hits: hits.filter((hit) => hit.kind === kind) }))
    .sort((one, other) => best(other.hits) - best(one.hits))
    .map(({ name, hits }) => ({ name, targets: hits.map((hit) => toHit(hit, pattern)) }))
  return [...offered, ...found].filter(({ targets }) => targets.length > 0)
}

const isPath = (href: string): href is `/sessions/${string}` | `/projects/${string}` =>
  /^\/(sessions|projects)\//.test(href)

const toPlace = ({ href, name }: RecentPlace, pattern: RegExp | undefined): Target => ({
  id: `recent ${href}`,
  title: markHits(name, pattern),
  icon: ClockIcon,
  href: isPath(href) ? href : `/sessions/${href}`,
})

function toAction(
  { id, name, keys, run, onlyKeys = false }: Action,
  text: string,
  pattern: RegExp | undefined,
): Target[] {
  if (!run || onlyKeys || !has(name, text)) return []
  return [{ id: `action ${id}`, title: markHits(name, pattern), icon: ZapIcon, keys, run }]
}

const toHit = (hit: SearchHit, pattern: RegExp | undefined): Target => ({
  id: `${hit.kind} ${hit.projectId} ${hit.id}`,
  title: markHits(hit.title, hit.kind === "message" ? undefined : pattern),
  icon: iconOf(hit.kind),
  note: hit.line === null ? hit.note : `${hit.note} · line ${hit.line}`,
  snippet: hit.snippet,
  isCode: hit.kind === "clip",
  href: hitHref(hit),
})
