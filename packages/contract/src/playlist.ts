import { z } from "zod"
import { expectedFields } from "./expected.ts"
import { Metadata, StoredMetadata } from "./json.ts"
import { limits } from "./limits.ts"
import { pageFields, pageOf } from "./paging.ts"
import { longText, Name, Slug, shortText, Timestamp, wholeNumber } from "./text.ts"
import { orderedEntryFields, restoreFields, VersionOrigin, VersionPart, versionFields } from "./version.ts"

export const PlaylistKey = z.object({ projectId: Slug, id: Slug })
export type PlaylistKey = z.infer<typeof PlaylistKey>

/** A playlist by its id alone where only one project owns it. */
export const PlaylistFind = z.object({ id: Slug, projectId: Slug.optional() })

const fields = {
  name: Name,
  body: longText(limits.bodyBytes),
  metadata: Metadata,
  /** Songs of the same project in order; one may stand at several places. */
  songIds: z.array(Slug).max(limits.parts, `at most ${limits.parts} songs`),
}

export const PlaylistCreate = PlaylistKey.extend({
  name: fields.name,
  body: fields.body.default(""),
  metadata: fields.metadata.default({}),
  songIds: fields.songIds.default([]),
  origin: VersionOrigin.optional(),
})
export type PlaylistCreate = z.infer<typeof PlaylistCreate>

export const PlaylistUpdate = PlaylistKey.extend({
  name: fields.name.optional(),
  body: fields.body.optional(),
  metadata: fields.metadata.optional(),
  songIds: fields.songIds.optional(),
  origin: VersionOrigin.optional(),
  /** Another state refuses with PLAYLIST_CHANGED. */
  ...expectedFields,
})
export type PlaylistUpdate = z.infer<typeof PlaylistUpdate>

export const PlaylistSetSongs = PlaylistKey.extend({
  songIds: fields.songIds,
  origin: VersionOrigin.optional(),
  ...expectedFields,
})

export const PlaylistDelete = PlaylistKey.extend(expectedFields)

export const PlaylistSort = z.enum(["updated", "name"])
export type PlaylistSort = z.infer<typeof PlaylistSort>

export const PlaylistList = z.object({
  projectId: Slug.optional(),
  q: shortText(limits.search).optional(),
  sort: PlaylistSort.default("updated"),
  ...pageFields,
})
export type PlaylistList = z.infer<typeof PlaylistList>

export const Playlist = z.object({
  projectId: Slug,
  id: Slug,
  name: z.string(),
  body: z.string(),
  metadata: StoredMetadata,
  songIds: z.array(Slug),
  version: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Playlist = z.infer<typeof Playlist>

export const PlaylistPage = pageOf(Playlist)

/** A song as its playlist shows it. */
const PlaylistPart = z.object({
  id: Slug,
  name: z.string(),
  metadata: StoredMetadata,
  clipIds: z.array(Slug),
  /** The tempo that it begins and ends with, where its clips tell. */
  firstBpm: z.number().nullable(),
  lastBpm: z.number().nullable(),
})

/** A playlist with its songs in order. */
export const PlaylistDetail = Playlist.extend({ songs: z.array(PlaylistPart) })
export type PlaylistDetail = z.infer<typeof PlaylistDetail>

export const PlaylistVersionKey = PlaylistKey.extend({ version: wholeNumber(1) })

export const PlaylistRestore = PlaylistVersionKey.extend(restoreFields)

export const PlaylistVersionList = PlaylistKey.extend(pageFields)

/** A playlist as it was. */
export const PlaylistVersion = z.object({
  ...versionFields,
  playlistId: Slug,
  body: z.string(),
  songIds: z.array(Slug),
})

export const PlaylistVersionPage = pageOf(PlaylistVersion)

/** A playlist as it was, with what its songs are called, each once. */
export const PlaylistVersionDetail = PlaylistVersion.extend({ songs: z.array(VersionPart) })

/** A version without its text and songs: what it changed and where it came from. */
export const PlaylistHistoryEntry = z.object({ ...orderedEntryFields, playlistId: Slug })

export const PlaylistHistoryPage = pageOf(PlaylistHistoryEntry)
