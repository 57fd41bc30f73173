import { type SongSection, withBars } from "@strudel-agent/project-folder/song/song-sections"
import type { Score } from "./song-score.ts"

const escaped = (name: string): string => name.replace(/[\\[\]`*<&!]/g, "\\$&")

/** The song's text with a list of its clips as they play, for a song whose text does not list them. */
function withList(body: string, { sections }: Score): string {
  const list = sections.map(({ name, bars, clipIds }) => {
    const links = clipIds.map((id) => `- [${escaped(name)}](clip:${encodeURIComponent(id)})`)
    return `## ${escaped(name)} (${bars} ${bars === 1 ? "bar" : "bars"})\n\n${links.join("\n")}`
  })
  return [body.trimEnd(), ...list].filter(Boolean).join("\n\n")
}

/** Whether the song's text says itself what it plays. */
const hasSections = (score: Score): boolean => score.sections.every(({ inText }) => inText !== null)

/** The song's text with other bars for one of its sections. Throws RangeError for bars that are none. */
export function textWithBars(body: string, score: Score, { index, bars }: { index: number; bars: number }): string {
  const section: SongSection | null | undefined = score.sections[index]?.inText
  if (section && hasSections(score)) return withBars(body, section, bars)
  const sections = score.sections.map((each, place) => (place === index ? { ...each, bars } : each))
  return withList(body, { ...score, sections })
}
