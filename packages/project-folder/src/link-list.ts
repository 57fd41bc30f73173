import type { Root } from "mdast"
import { patchLinks, unwrapLinks } from "./link-patch.ts"
import { findLinkSites, type LinkSite, type Resolve } from "./link-site.ts"
import type { LinkKind } from "./link-target.ts"
import { byteOrderMarkOf, lineEndingOf, storableText } from "./storable-text.ts"
import { printTitled, readTitled, splitTitled } from "./titled-markdown.ts"
import type { Warning } from "./warning.ts"

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

type Source = { fileName: string; text: string; kind: LinkKind; resolve: Resolve }

const isLive = (site: LinkSite): site is LinkSite & { id: string } => site.id !== undefined

/** Reads a markdown file of a title and links; never fails. */
export function parseLinkList({ fileName, text, kind, resolve }: Source): ParsedLinkList {
  const parts = splitTitled(text)
  const { name, body, warnings } = readTitled(fileName, parts)
  const sites = findLinkSites({ text: text.slice(parts.mark.length), root: parts.root, kind, resolve })
  const asFound = ({ label, url, line }: LinkSite): FoundLink => ({
    text: storableText(label),
    url: storableText(url),
    line,
  })
  const links = sites.filter(isLive).map((site) => ({ ...asFound(site), id: site.id }))
  const brokenLinks = sites.filter((site) => !isLive(site)).map(asFound)
  for (const { url, line } of brokenLinks) {
    warnings.push({ code: "link-broken", message: `Line ${line} links to ${url}, where there is no ${kind.scheme}` })
  }
  return { name, body, ids: links.map(({ id }) => id), links, brokenLinks, warnings }
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

const escapeLabel = (text: string): string =>
  storableText(text)
    .trim()
    .replace(/\s*\n\s*/g, " ")
    .replace(/[\\[\]`*<&!]/g, "\\$&")

const escapeUrl = (url: string): string =>
  encodeURI(url)
    .replace(/%25([0-9a-f]{2})/gi, "%$1")
    .replace(/[()]/g, "\\$&")

/** Prints a markdown file of a title and links; what equals the parsed `original` keeps its bytes. */
export function printLinkList({ fileName, original, name, body, ids, kind, resolve, linkOf }: Edit): string {
  const file = printTitled({ fileName, original, name, body })
  const mark = byteOrderMarkOf(file)
  const text = file.slice(mark.length)
  const leadsTo = (sites: readonly LinkSite[]): boolean =>
    sites.length === ids.length && sites.every(({ id }, index) => id === ids[index])
  const sitesOf = (source: string, root: Root, resolver: Resolve) =>
    findLinkSites({ text: source, root, kind, resolve: resolver }).filter(isLive)
  const { root } = splitTitled(file)
  if (leadsTo(sitesOf(text, root, resolve))) return file

  // Added links lead to items by id, whether or not the caller's library has them already.
  const known = new Set(ids)
  const byId: Resolve = (target) => (target.kind === "id" && known.has(target.id) ? target.id : undefined)
  const read = (source: string) => {
    const parts = splitTitled(source)
    const sites = sitesOf(source, parts.root, (target) => resolve(target) ?? byId(target))
    return { parts, name: readTitled(fileName, parts).name, sites }
  }
  const before = read(text)
  const fits = (candidate: string): boolean => {
    const after = read(candidate)
    return after.name === before.name && leadsTo(after.sites)
  }
  if (fits(text)) return file

  const lineEnding = lineEndingOf(file)
  const printLink = (id: string): string => {
    const { text: label, url } = linkOf(id)
    return `[${escapeLabel(label)}](${escapeUrl(url ?? `${kind.scheme}:${encodeURIComponent(id)}`)})`
  }
  const patched = tryPatch({ text, sites: before.sites, ids, printLink, lineEnding })
  if (patched !== undefined && fits(patched)) return mark + patched

  // Links that can't be edited one by one give way to a list at the end, or at the start where the end is no markdown.
  let unlinked = text
  for (let { sites } = before; sites.length > 0; sites = read(unlinked).sites) unlinked = unwrapLinks(unlinked, sites)
  const appended = tryPatch({ text: unlinked, sites: [], ids, printLink, lineEnding })
  if (appended !== undefined && fits(appended)) return mark + appended
  const { parts } = read(unlinked)
  const list = ids.map((id) => `- ${printLink(id)}`).join(lineEnding)
  const blank = lineEnding + lineEnding
  const above = parts.title === "" ? "" : parts.lead + parts.title + blank
  return mark + above + [list, "<!-- -->", parts.body].join(blank) + parts.tail
}

function tryPatch(patch: Parameters<typeof patchLinks>[0]): string | undefined {
  try {
    return patchLinks(patch)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
