import type { Steps } from "../steps.ts"
import { byteOrderMarkOf, lineEndingOf, storableText } from "../storable-text.ts"
import { oneLine, printingTitled, readTitled, splittingTitled, type TitledParts } from "../titled-markdown.ts"
import type { Warning } from "../warning.ts"
import { patchLinks } from "./link-patch.ts"
import { removingLinks } from "./link-removal.ts"
import { findingLinkSites, itemFinder, type LinkSite, type Resolve } from "./link-site.ts"
import type { LinkKind } from "./link-target.ts"

/** A link as the file has it; `line` is one-based. */
export type FoundLink = { text: string; url: string; line: number }

export type ParsedLinkList = {
  name: string
  body: string
  ids: string[]
  links: (FoundLink & { id: string })[]
  brokenLinks: FoundLink[]
  warnings: Warning[]
}

/** What an added link shows, and where it leads; without an address it leads to `clip:<id>` or `song:<id>`. */
export type LinkText = { text: string; url?: string }

type Source = { fileName: string; text: string; kind: LinkKind }

const isLive = (site: LinkSite): site is LinkSite & { id: string } => site.id !== undefined

/** Links to nothing of which each has a warning; the rest are counted. */
const mostWarnings = 100
/** Characters of an address that a warning shows. */
const mostOfAddress = 200

const shortened = (url: string): string =>
  url.length <= mostOfAddress ? url : `${storableText(url.slice(0, mostOfAddress))}…`

function warningsOf(broken: readonly FoundLink[], { scheme }: LinkKind): Warning[] {
  const warnings = broken.slice(0, mostWarnings).map(({ url, line }): Warning => {
    return { code: "link-broken", message: `Line ${line} links to ${shortened(url)}, where there is no ${scheme}` }
  })
  const rest = broken.length - warnings.length
  if (rest > 0) warnings.push({ code: "link-broken", message: `${rest} more links lead to no ${scheme}` })
  return warnings
}

/** Tells what a file says, once it is known what its links lead to. */
export type Unlinked<Parsed> = (resolve: Resolve) => Parsed

/** Reads a markdown file of a title and links; never fails. */
export function* readingLinkList({ fileName, text, kind }: Source): Steps<Unlinked<ParsedLinkList>> {
  const parts = yield* splittingTitled(text)
  const { name, body, warnings } = readTitled(fileName, parts)
  yield
  // One definition may be the address of many links.
  const urls = new Map<string, string>()
  const stored = (url: string): string => {
    const known = urls.get(url) ?? storableText(url)
    urls.set(url, known)
    return known
  }
  const source = text.slice(parts.mark.length)
  const sites = yield* findingLinkSites({ text: source, root: parts.root, kind, resolve: () => undefined })
  const found = sites.map(({ label, url, line }) => {
    return { url, link: { text: storableText(label), url: stored(url), line } }
  })
  return (resolve) => {
    const itemOf = itemFinder(kind, resolve)
    const links: ParsedLinkList["links"] = []
    const brokenLinks: FoundLink[] = []
    for (const { url, link } of found) {
      const id = itemOf(url)?.id
      if (id === undefined) brokenLinks.push(link)
      else links.push({ ...link, id })
    }
    const ids = links.map(({ id }) => id)
    return { name, body, ids, links, brokenLinks, warnings: [...warnings, ...warningsOf(brokenLinks, kind)] }
  }
}

type Edit = {
  fileName: string
  original: string | undefined
  name: string
  body: string
  ids: readonly string[]
  kind: LinkKind
  resolve: Resolve
  linkOf: (id: string) => LinkText
}

const escapeLabel = (text: string): string => oneLine(text).replace(/[\\[\]`*<&!]/g, "\\$&")

const escapeUrl = (url: string): string =>
  encodeURI(url)
    .replace(/%25([0-9a-f]{2})/gi, "%$1")
    .replace(/[()]/g, "\\$&")

/** The source of a link to an item. */
export const linkTo = (id: string, { scheme }: LinkKind, { text, url }: LinkText): string =>
  `[${escapeLabel(text)}](${escapeUrl(url ?? `${scheme}:${encodeURIComponent(id)}`)})`

/** Prints a markdown file of a title and links; what equals the parsed `original` keeps its bytes. */
export function* printingLinkList({ fileName, original, name, body, ids, kind, resolve, linkOf }: Edit): Steps<string> {
  const file = yield* printingTitled({ fileName, original, name, body })
  const mark = byteOrderMarkOf(file)
  const text = file.slice(mark.length)
  const leadsTo = (sites: readonly LinkSite[]): boolean =>
    sites.length === ids.length && sites.every(({ id }, index) => id === ids[index])
  function* sitesOf(source: string, { root }: TitledParts, resolver: Resolve) {
    return (yield* findingLinkSites({ text: source, root, kind, resolve: resolver })).filter(isLive)
  }
  const parts = yield* splittingTitled(file)
  if (leadsTo(yield* sitesOf(text, parts, resolve))) return file

  // Added links lead to items by id, whether or not the caller's library has them already.
  const known = new Set(ids)
  const byId: Resolve = (target) => (target.kind === "id" && known.has(target.id) ? target.id : undefined)
  function* readingParts(source: string, sourceParts: TitledParts) {
    const sites = yield* sitesOf(source, sourceParts, (target) => resolve(target) ?? byId(target))
    return { name: readTitled(fileName, sourceParts).name, sites }
  }
  function* reading(source: string) {
    const sourceParts = yield* splittingTitled(source)
    yield
    return yield* readingParts(source, sourceParts)
  }
  yield
  const before = yield* readingParts(text, parts)
  if (leadsTo(before.sites)) return file
  function* fitting(candidate: string | undefined): Steps<boolean> {
    if (candidate === undefined) return false
    const after = yield* reading(candidate)
    return after.name === before.name && leadsTo(after.sites)
  }

  const lineEnding = lineEndingOf(file)
  const printLink = (id: string): string => linkTo(id, kind, linkOf(id))
  yield
  const patched = tryPatch({ text, groups: [{ sites: before.sites, ids }], printLink, lineEnding })
  if (yield* fitting(patched)) return mark + patched

  // Links that can't be edited one by one give way to a list at the end, or at the start where the end is no markdown.
  const unlinked = yield* removingLinks(text, before.sites, reading)
  const appended = tryPatch({ text: unlinked, groups: [{ sites: [], ids }], printLink, lineEnding })
  if (yield* fitting(appended)) return mark + appended
  const { lead, title, body: rest, tail } = yield* splittingTitled(unlinked)
  const list = ids.map((id) => `- ${printLink(id)}`).join(lineEnding)
  const blank = lineEnding + lineEnding
  const above = title === "" ? "" : lead + title + blank
  return mark + above + [list, "<!-- -->", rest].join(blank) + tail
}

/** As patchLinks; undefined where the changes would overlap. */
export function tryPatch(patch: Parameters<typeof patchLinks>[0]): string | undefined {
  try {
    return patchLinks(patch)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
