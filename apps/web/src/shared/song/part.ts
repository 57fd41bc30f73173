import type { ItemPath } from "#shared/url-state/item-link.ts"

/** What stands in an order, as its row shows it: a clip of a song, or a song of a playlist. */
export interface Part {
  id: string
  name: string
  href: ItemPath
  /** A checked colour. */
  color?: string | undefined
  /** What else is known of it in a word or two, such as its scale. */
  note: string
  /** The tempo that it begins and ends with, in bpm. */
  startBpm?: number | undefined
  endBpm?: number | undefined
  /** How long it plays, in bars. */
  bars?: number | undefined
  /** The clips that it plays, where it is a song. */
  clipIds?: string[]
}

export const partWords = {
  clip: { one: "clip", many: "clips", inside: "song" },
  song: { one: "song", many: "songs", inside: "playlist" },
} as const

export type PartKind = keyof typeof partWords

/** A number of bars that metadata tells, else undefined. */
export const barsOf = ({ bars }: Record<string, unknown>): number | undefined =>
  typeof bars === "number" && bars > 0 && Number.isFinite(bars) ? bars : undefined
