import type { Outputs } from "@strudel-agent/client/client"
import { sequenceCalls } from "@strudel-agent/client/sequences"
import { type SequenceKind, sequenceParts } from "@strudel-agent/contract/item"
import { entries } from "@strudel-agent/reference/entries"
import { ToolProblem } from "./advice.ts"
import { entryInWords } from "./entry-words.ts"
import { shortened } from "./list-thing.ts"
import type { ToolContext } from "./tool.ts"
import { type Item, type Thing, uriOf } from "./uri.ts"

export interface ReadOptions {
  detail: boolean
  /** Messages of a session before this index. */
  before?: number | undefined
}

/** A thing as words, and the version that a change of it is made on. */
export interface Read {
  text: string
  name: string
  version?: number
  code?: string
}

/** Messages of a page, characters of each, and of all of them together. */
const shortPage = { messages: 10, characters: 600, together: 10_000 }
const detailedPage = { messages: 50, characters: 100_000, together: 100_000 }
const shortBody = 1500
const listed = 20

const facts = (metadata: Record<string, unknown>): string[] =>
  ["bpm", "scale", "tags", "description", "author"].flatMap((key) => {
    const value = metadata[key]
    const words = Array.isArray(value)
      ? value.map(String).join(", ")
      : typeof value === "string" || typeof value === "number"
        ? String(value)
        : ""
    return words === "" ? [] : [`${key}: ${shortened(words, 300)}`]
  })

const historyLines = (items: Outputs["clip"]["history"]["items"]): string[] =>
  items.map(({ version, createdAt, change, sessionName }) => {
    const lines = change?.lines ? ` +${change.lines.added} -${change.lines.removed} lines` : ""
    return `- version ${version}, ${createdAt}${lines}${sessionName ? `, from "${shortened(sessionName, 60)}"` : ""}`
  })

async function readClip(item: Item, { detail }: ReadOptions, { client, signal }: ToolContext): Promise<Read> {
  const key = { projectId: item.projectId, id: item.id }
  if (item.version !== undefined) {
    const { name, code, version, createdAt } = await client.clip.version.query(
      { ...key, version: item.version },
      { signal },
    )
    return { text: `${name}, version ${version} of ${createdAt}\n\n${code}`, name, version, code }
  }
  const clip = await client.clip.byId.query(key, { signal })
  const problem = clip.problem
    ? [`does not play: ${clip.problem.line ? `line ${clip.problem.line}: ` : ""}${clip.problem.message}`]
    : []
  const songs = clip.songs.length > 0 ? [`in songs: ${clip.songs.map(({ id }) => id).join(", ")}`] : []
  const head = [`${clip.name} (${uriOf(item)}), version ${clip.version}`, ...facts(clip.metadata), ...problem, ...songs]
  const history = detail ? (await client.clip.history.query({ ...key, limit: listed }, { signal })).items : []
  const more = detail
    ? [
        "",
        `metadata: ${JSON.stringify(clip.metadata)}`,
        `sounds: ${clip.analysis?.sounds.join(", ") ?? ""}`,
        "versions:",
        ...historyLines(history),
      ]
    : []
  return { text: [...head, "", clip.code, ...more].join("\n"), name: clip.name, version: clip.version, code: clip.code }
}

const bodyOf = (body: string, detail: boolean): string =>
  detail || body.length <= shortBody
    ? body
    : `${body.slice(0, shortBody)}\n… (detail: true gives all ${body.length} characters)`

async function readSequence(
  item: Item,
  kind: SequenceKind,
  { detail, client, signal }: ReadOptions & ToolContext,
): Promise<Read> {
  const key = { projectId: item.projectId, id: item.id }
  const calls = sequenceCalls(kind, client)
  const { parts } = sequenceParts[kind]
  if (item.version !== undefined) {
    const { name, body, partIds, version } = await calls.version({ ...key, version: item.version }, { signal })
    const order = `${parts} in order: ${partIds.join(", ")}`
    return { text: `${name}, version ${version}\n${order}\n\n${bodyOf(body, detail)}`, name, version }
  }
  const { name, version, partIds, body, metadata, playlists } = await calls.byId(key, { signal })
  const versions = detail ? (await calls.history({ ...key, limit: listed }, { signal })).items : []
  const lines = [
    `${name} (${uriOf(item)}), version ${version}`,
    ...facts(metadata),
    `${parts} in order: ${partIds.join(", ") || "none"}`,
    ...(playlists.length > 0 ? [`in playlists: ${playlists.map(({ id }) => id).join(", ")}`] : []),
    "",
    bodyOf(body, detail),
    ...(detail ? ["versions:", ...versions.map((each) => `- version ${each.version}, ${each.createdAt}`)] : []),
  ]
  return { text: lines.join("\n"), name, version }
}

/** The last lines that have so many characters together, and the very last in any case. */
function lastThatFit(lines: readonly string[], characters: number): string[] {
  const fitting: string[] = []
  let left = characters
  for (const line of lines.toReversed()) {
    left -= line.length
    if (left < 0 && fitting.length > 0) break
    fitting.unshift(line)
  }
  return fitting
}

async function readSession(
  id: string,
  { detail, before }: ReadOptions,
  { client, signal }: ToolContext,
): Promise<Read> {
  const { messages: most, characters, together } = detail ? detailedPage : shortPage
  const [session, page] = await Promise.all([
    client.session.byId.query({ id }, { signal }),
    client.message.list.query({ sessionId: id, limit: most, before }, { signal }),
  ])
  const lines = page.messages.map(({ messageIndex, role, content, codeChanges }) => {
    const said =
      content.length > characters ? `${content.slice(0, characters)}… (${content.length} characters)` : content
    const changes = codeChanges === undefined ? 0 : Array.isArray(codeChanges) ? codeChanges.length : 1
    return `#${messageIndex} ${role}: ${said}${changes > 0 ? ` [changed code ${changes}×]` : ""}`
  })
  const shown = lastThatFit(lines, together)
  const first = page.messages[lines.length - shown.length]?.messageIndex ?? 0
  const head = `${session.displayName} (${uriOf({ kind: "session", id })}), ${session.status}, ${session.messageCount} messages`
  const more =
    page.hasMore || shown.length < lines.length
      ? [`There is more: the tool read gives what was said earlier, with before: ${first}.`]
      : []
  return { text: [head, ...more, "", ...shown].join("\n"), name: session.displayName }
}

async function readProject(id: string, { detail }: ReadOptions, { client, signal }: ToolContext): Promise<Read> {
  const limit = detail ? 200 : listed
  const [project, clips, songs, playlists] = await Promise.all([
    client.project.byId.query({ id }, { signal }),
    client.clip.cards.query({ projectId: id, limit }, { signal }),
    client.song.list.query({ projectId: id, limit }, { signal }),
    client.playlist.list.query({ projectId: id, limit }, { signal }),
  ])
  const part = (title: string, items: { id: string; name: string }[], count: number) => [
    `${title} (${count}):`,
    ...items.map((item) => `- ${item.id}: ${shortened(item.name, 80)}`),
    ...(count > items.length ? [`- … and ${count - items.length} more, with list`] : []),
  ]
  const lines = [
    `${project.name} (${uriOf({ kind: "project", id })})`,
    ...facts(project.metadata),
    bodyOf(project.description, detail),
    ...part("clips", clips.items, project.clipCount),
    ...part("songs", songs.items, project.songCount),
    ...part("playlists", playlists.items, project.playlistCount),
  ]
  return { text: lines.filter((line) => line !== "").join("\n"), name: project.name }
}

function readReference(name: string | null): Read {
  const found = name === null ? entries : entries.filter((entry) => entry.name === name || entry.aliases.includes(name))
  if (found.length === 0)
    throw new ToolProblem(
      `The reference has no "${shortened(name ?? "", 80)}": ask the reference tool, which names what is near.`,
    )
  const text =
    name === null
      ? found.map(({ name: each, signature, does }) => `${each}: ${signature}: ${does}`).join("\n")
      : found.map(entryInWords).join("\n\n")
  return { text, name: name ?? "Reference" }
}

/** Reads what an address names. */
export function readThing(thing: Thing, options: ReadOptions, context: ToolContext): Promise<Read> {
  switch (thing.kind) {
    case "clip":
      return readClip(thing, options, context)
    case "song":
    case "playlist":
      return readSequence(thing, thing.kind, { ...options, ...context })
    case "session":
      return readSession(thing.id, options, context)
    case "project":
      return readProject(thing.id, options, context)
    case "reference":
      return Promise.resolve(readReference(thing.name))
  }
}
