"use client"

import type { PlayedSection } from "@strudel-agent/project-folder/song/played-sections"
import { type ComponentProps, useState } from "react"
import { useHeardSection } from "#shared/playback/heard-section.ts"
import { type SongText, scoreOfSong } from "#shared/song/song-score.ts"
import { Arrangement } from "../arrangement/arrangement.tsx"

type Look = Omit<ComponentProps<typeof Arrangement>, "stretches">

const listed = (sections: PlayedSection[]) => sections.every(({ inText }) => inText !== null)

/**
 * The sections that a song plays. While its text is still to follow another order, those that the text lists stay, so
 * that the picture does not fall apart and come together again.
 */
function useSections(song: SongText): PlayedSection[] {
  const { sections } = scoreOfSong(song)
  const [kept, setKept] = useState({ body: song.body, sections })
  const follows = kept.body === song.body && listed(kept.sections) && !listed(sections)
  if (kept.body !== song.body || (listed(sections) && !listed(kept.sections))) setKept({ body: song.body, sections })
  return follows ? kept.sections : sections
}

/** The sections of a song with their names; the one that is heard is lit. */
export function SongPicture({ song, ...look }: { song: SongText } & Look) {
  const sections = useSections(song)
  const heard = useHeardSection(song)
  return (
    <>
      <Arrangement stretches={sections} {...look} />
      {/* The list of sections tells the same in words. */}
      <div className="mt-1 flex h-4 text-xs" aria-hidden="true">
        {listed(sections) &&
          sections.map(({ name, bars }, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a section is its place.
              key={index}
              style={{ flex: `${bars} 1 0` }}
              className={`min-w-0 truncate pr-1 pl-0.5 ${heard === index ? "font-medium text-accent" : "text-faint"}`}
            >
              {name}
            </span>
          ))}
      </div>
    </>
  )
}
