import {
  type ItemKind,
  isItemKind,
  isVersionedKind,
  itemFolders,
  itemKinds,
  type VersionedKind,
} from "@strudel-agent/contract/item"
import { ToolProblem } from "./advice.ts"

/** What an address such as strudel://clip/house/kick names. */
export type Thing =
  | { kind: ItemKind; projectId: string; id: string; version?: number }
  | { kind: "project"; id: string }
  | { kind: "session"; id: string }
  | { kind: "reference"; name: string | null }

const scheme = "strudel://"

const part = encodeURIComponent

/** The address of a thing. */
export function uriOf(thing: Thing): string {
  if (thing.kind === "reference") return `${scheme}reference${thing.name === null ? "" : `/${part(thing.name)}`}`
  if (thing.kind === "project" || thing.kind === "session") return `${scheme}${thing.kind}/${part(thing.id)}`
  const version = thing.version === undefined ? "" : `/${thing.version}`
  return `${scheme}${thing.kind}/${part(thing.projectId)}/${part(thing.id)}${version}`
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Reads an address; undefined where it names nothing that there can be. */
export function parseUri(uri: string): Thing | undefined {
  if (!uri.startsWith(scheme)) return undefined
  const parts = uri.slice(scheme.length).replace(/\/$/, "").split("/").map(decoded)
  const [kind, one, other, version] = parts
  if (parts.includes(undefined) || kind === undefined) return undefined
  if (kind === "reference" && parts.length <= 2) return { kind, name: one ?? null }
  if ((kind === "project" || kind === "session") && one && parts.length === 2) return { kind, id: one }
  if (!isItemKind(kind) || !one || !other || parts.length > 4) return undefined
  if (version === undefined) return { kind, projectId: one, id: other }
  return /^[1-9]\d{0,8}$/.test(version) ? { kind, projectId: one, id: other, version: Number(version) } : undefined
}

const forms =
  `${itemKinds.map((kind) => `strudel://${kind}/{project}/{id}`).join(", ")} (each with /{version} behind it for a ` +
  "former one), strudel://session/{id}, strudel://project/{id}"

/** Reads an address that a tool was given, or says how one looks. */
export function thingOf(uri: string): Thing {
  const thing = parseUri(uri.trim())
  if (thing) return thing
  throw new ToolProblem(
    `uri: "${uri.slice(0, 200)}" names nothing. Take one from an answer of search or list; they look so: ${forms}.`,
  )
}

export type Item = Extract<Thing, { kind: ItemKind }>

export const isItem = (thing: Thing): thing is Item => isItemKind(thing.kind)

/** Reads an address of what a tool changes or deletes as a whole; refuses that of one version, which stays as it is. */
export function wholeThingOf(uri: string): Thing {
  const thing = thingOf(uri)
  if (!isItem(thing) || thing.version === undefined) return thing
  const { kind, projectId, id } = thing
  throw new ToolProblem(
    `uri: ${uriOf(thing)} is version ${thing.version} alone, which stays as it is. If the whole ${kind} with all its versions is meant, call again with ${uriOf({ kind, projectId, id })}.`,
  )
}

/** Reads an address of a clip, a song or a playlist. */
export function itemOf(uri: string): Item {
  const thing = thingOf(uri)
  if (isItem(thing)) return thing
  throw new ToolProblem(
    `uri: ${uriOf(thing).slice(0, 200)} is a ${thing.kind}; this tool takes a clip, a song or a playlist.`,
  )
}

/** An item of which each version is kept. */
export type VersionedItem = Item & { kind: VersionedKind }

const isVersioned = (item: Item): item is VersionedItem => isVersionedKind(item.kind)

/** Reads an address of an item of which each version is kept. */
export function versionedOf(uri: string): VersionedItem {
  const item = itemOf(uri)
  const { kind } = item
  const address = uriOf(item)
  if (isVersioned(item)) return item
  throw new ToolProblem(`uri: ${address.slice(0, 200)} is a ${kind}, of which no former versions are kept.`)
}

/** Where the page shows a thing. */
export function pageOf(thing: Thing, pageUrl: string): string {
  if (thing.kind === "reference") return pageUrl
  if (thing.kind === "project" || thing.kind === "session") return `${pageUrl}/${thing.kind}s/${part(thing.id)}`
  return `${pageUrl}/projects/${part(thing.projectId)}/${itemFolders[thing.kind]}/${part(thing.id)}`
}
