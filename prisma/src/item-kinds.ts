/** The kinds of items of a project, each behind what it refers to. */
export const itemKinds = ["clip", "song", "playlist"] as const
export type ItemKind = (typeof itemKinds)[number]

/** The kinds of items that hold others in an order. */
export type SequenceKind = Exclude<ItemKind, "clip">
