import type { Section } from "@strudel-agent/sandbox/protocol"

const isFirst = ({ id }: Section): boolean => id.endsWith("#0")
const songOf = ({ id }: Section): string => id.slice(0, id.lastIndexOf("#"))

/** The indexes at which the songs of a plan begin; a song that follows itself begins again. */
export const songsOf = (sections: readonly Section[]): number[] =>
  sections.flatMap((section, index) => {
    const before = sections[index - 1]
    return !before || isFirst(section) || songOf(before) !== songOf(section) ? [index] : []
  })

/** Where the song after the one of a section begins; undefined in the last one. */
export const nextSong = (sections: readonly Section[], index: number): number | undefined =>
  songsOf(sections).find((begin) => begin > index)
