import { type LinkText, linkTo, tryPatch } from "../links/link-list.ts"
import { findingLinkSites, type LinkSite, type Resolve } from "../links/link-site.ts"
import { clipLinks } from "../links/link-target.ts"
import type { Heading } from "../markdown/node.ts"
import { parseMarkdown } from "../markdown/parse-markdown.ts"
import { textOf } from "../markdown/text-of.ts"
import { finish } from "../steps.ts"
import { findBars, withoutBars } from "./heading-bars.ts"

/** A heading of a song's text, or what stands before the first one, with the clips that are listed there. */
export type ListedPart = {
  /** What the heading says without its bars; null before the first heading, and where it says nothing. */
  name: string | null
  clipIds: string[]
}

type LiveSite = LinkSite & { id: string }
const isLive = (site: LinkSite): site is LiveSite => site.id !== undefined

function readParts(body: string, resolve: Resolve): { heading: Heading | undefined; sites: LiveSite[] }[] {
  const root = parseMarkdown(body)
  const sites = finish(findingLinkSites({ text: body, root, kind: clipLinks, resolve })).filter(isLive)
  const headings = root.children.filter((block): block is Heading => block.type === "heading")
  let next = 0
  return [undefined, ...headings].map((heading, index) => {
    const end = headings[index]?.start ?? body.length
    const from = next
    while ((sites[next]?.start ?? end) < end) next++
    return { heading, sites: sites.slice(from, next) }
  })
}

/** What a song's text lists, by heading: first what stands before any heading, then one part for each, empty ones too. */
export const partsOfSong = (body: string, resolve: Resolve): ListedPart[] =>
  readParts(body, resolve).map(({ heading, sites }) => {
    const words = heading ? textOf(heading.children, { html: false }) : ""
    return { name: withoutBars(words, findBars(words)[0]) || null, clipIds: sites.map(({ id }) => id) }
  })

type Rearranging = {
  resolve: Resolve
  /** The clips of each part, in the order of partsOfSong and as many. */
  clipIds: readonly (readonly string[])[]
  /** What a link that is added shows. */
  linkOf: (id: string) => LinkText
}

/**
 * A song's text with other clips in its parts: links come, go and move, and every heading keeps the clips that it is told
 * to have. Undefined where the text is one that cannot be changed so.
 */
export function withClipsInParts(body: string, { resolve, clipIds, linkOf }: Rearranging): string | undefined {
  const parts = readParts(body, resolve)
  if (parts.length !== clipIds.length) return undefined
  const changed = tryPatch({
    text: body,
    groups: parts.map(({ heading, sites }, index) => ({ heading, sites, ids: clipIds[index] ?? [] })),
    printLink: (id) => linkTo(id, clipLinks, linkOf(id)),
    lineEnding: "\n",
  })
  if (changed === undefined) return undefined
  const byId = new Set(clipIds.flat())
  const after = partsOfSong(
    changed,
    (target) => resolve(target) ?? (target.kind === "id" && byId.has(target.id) ? target.id : undefined),
  )
  const before = partsOfSong(body, resolve)
  const isMeant =
    after.length === before.length &&
    after.every(
      (part, index) =>
        part.name === before[index]?.name && JSON.stringify(part.clipIds) === JSON.stringify(clipIds[index]),
    )
  return isMeant ? changed : undefined
}
