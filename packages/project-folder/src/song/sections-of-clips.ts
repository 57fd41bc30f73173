import { codeEnding } from "../code-file.ts"
import type { LinkTarget } from "../links/link-target.ts"
import { type PlayedSection, playedSections } from "./played-sections.ts"

/** The clip that a link of a song's text names, among those that it has. */
function clipOfLink(target: LinkTarget, known: ReadonlyMap<string, unknown>): string | undefined {
  const id = target.kind === "id" ? target.id : target.path.replace(/^clips\//, "").replace(codeEnding, "")
  return known.has(id) ? id : undefined
}

/** What a song plays, with the names of its clips by their ids. */
export const sectionsOfClips = (
  song: { body: string; clipIds: string[] },
  names: ReadonlyMap<string, string>,
): PlayedSection[] =>
  playedSections(song, {
    resolve: (target) => clipOfLink(target, names),
    nameOf: (clipId) => names.get(clipId) ?? clipId,
  })
