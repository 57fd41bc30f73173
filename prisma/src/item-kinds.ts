/** The kinds of items of a project, each behind what it refers to. */
export const itemKinds = ["clip", "song", "playlist"] as const
export type ItemKind = (typeof itemKinds)[number]

/** Where the items of each kind lie: their table, their folder in a project's, their lists and pages are called so. */
export const itemTables = {
  clip: "clips",
  song: "songs",
  playlist: "playlists",
} as const satisfies Record<ItemKind, string>

/** The kinds of items that are a text with a name: all but code. */
export type TextKind = Exclude<ItemKind, "clip">
export const textKinds: readonly TextKind[] = itemKinds.filter((kind) => kind !== "clip")
export type TextTable = (typeof itemTables)[TextKind]

/** The kinds of items that hold others in an order. */
export const sequenceKinds = ["song", "playlist"] as const satisfies TextKind[]
export type SequenceKind = (typeof sequenceKinds)[number]

/** The kinds of items of which each version is kept. */
export const versionedKinds = ["clip", ...sequenceKinds] as const
export type VersionedKind = (typeof versionedKinds)[number]
