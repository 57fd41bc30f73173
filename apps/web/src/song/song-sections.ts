import type { Heading, Nodes } from "mdast"
import { fromMarkdown } from "mdast-util-from-markdown"
import { itemOfLink } from "../markdown/item-link.ts"

/** Clips of a song that play at the same time for some cycles. */
export interface SongSection {
  /** As its heading says; undefined where the song has no sections and plays one clip after the other. */
  name: string | undefined
  /** A bar is a cycle. */
  cycles: number
  clipIds: string[]
}

export interface SectionedSong {
  projectId: string
  body: string
  clipIds: string[]
}

/** Cycles that a clip or section plays of which nothing is said. */
const usualCycles = 4

const length = /\s*\((\d+(?:\.\d+)?)\s*(?:bars?|cycles?)\)\s*$/i

const textOf = (node: Nodes): string =>
  "value" in node ? node.value : "children" in node ? node.children.map(textOf).join("") : ""

const urlsOf = (node: Nodes): string[] => [
  ...(node.type === "link" || node.type === "definition" ? [node.url] : []),
  ...("children" in node ? node.children.flatMap(urlsOf) : []),
]

function begin(heading: Heading): SongSection {
  const text = textOf(heading)
  const cycles = Number(length.exec(text)?.[1])
  return { name: text.replace(length, "").trim(), cycles: cycles > 0 ? cycles : usualCycles, clipIds: [] }
}

/** The sections that a song's text writes: headings such as "Intro (8 bars)", each with the clips below it. */
function writtenSections({ projectId, body }: SectionedSong): SongSection[] {
  const sections: SongSection[] = []
  for (const node of fromMarkdown(body).children) {
    if (node.type === "heading") sections.push(begin(node))
    const items = urlsOf(node).flatMap((url) => itemOfLink(url, { projectId, folder: "songs/" }) ?? [])
    const clips = items.filter((item) => item.itemType === "clip" && item.projectId === projectId)
    sections.at(-1)?.clipIds.push(...clips.map(({ itemId }) => itemId))
  }
  return sections.filter(({ clipIds }) => clipIds.length > 0)
}

/**
 * What a song plays in which order. Its text's sections count as long as they hold exactly the song's clips in its
 * order; otherwise the clips play one after the other, each as long as `barsOf` says, else four cycles.
 */
export function sectionsOfSong(
  song: SectionedSong,
  barsOf: (clipId: string) => number | undefined = () => undefined,
): SongSection[] {
  const written = writtenSections(song)
  const inText = written.flatMap(({ clipIds }) => clipIds)
  if (inText.length === song.clipIds.length && inText.every((id, place) => id === song.clipIds[place])) return written
  return song.clipIds.map((id) => ({ name: undefined, cycles: barsOf(id) ?? usualCycles, clipIds: [id] }))
}
