import { type ItemKind, itemKinds } from "./item.ts"
import type { Reason } from "./reason.ts"

type Problem = "missing" | "exists" | "changed"

/** What can only be told of some kinds. */
type Special = "versionMissing" | "inUse" | "partsMissing"

/** The reasons that speak of one kind of item; nothing uses playlists, and clips have no parts. */
export const itemReasons = {
  clip: {
    missing: "CLIP_NOT_FOUND",
    exists: "CLIP_EXISTS",
    changed: "CLIP_CHANGED",
    versionMissing: "CLIP_VERSION_NOT_FOUND",
    inUse: "CLIP_IN_USE",
  },
  song: {
    missing: "SONG_NOT_FOUND",
    exists: "SONG_EXISTS",
    changed: "SONG_CHANGED",
    versionMissing: "SONG_VERSION_NOT_FOUND",
    inUse: "SONG_IN_USE",
    partsMissing: "SONG_CLIPS_MISSING",
  },
  playlist: {
    missing: "PLAYLIST_NOT_FOUND",
    exists: "PLAYLIST_EXISTS",
    changed: "PLAYLIST_CHANGED",
    versionMissing: "PLAYLIST_VERSION_NOT_FOUND",
    partsMissing: "PLAYLIST_SONGS_MISSING",
  },
} as const satisfies Record<ItemKind, Record<Problem, Reason> & Partial<Record<Special, Reason>>>

/** Whether a reason tells this problem of an item, of whichever kind. */
export const isItemReason = (problem: Problem, reason: unknown): boolean =>
  itemKinds.some((kind) => itemReasons[kind][problem] === reason)
