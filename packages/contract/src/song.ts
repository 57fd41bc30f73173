import { z } from "zod"
import { pictureField, stateFields } from "./clip-state.ts"
import { expectedFields } from "./expected.ts"
import { Metadata, StoredMetadata } from "./json.ts"
import { limits } from "./limits.ts"
import { pageFields, pageOf } from "./paging.ts"
import { longText, Name, Slug, shortText, Timestamp, wholeNumber } from "./text.ts"
import { orderedEntryFields, restoreFields, VersionOrigin, VersionPart, versionFields } from "./version.ts"

export const SongKey = z.object({ projectId: Slug, id: Slug })
export type SongKey = z.infer<typeof SongKey>

/** A song by its id alone where only one project owns it. */
export const SongFind = z.object({ id: Slug, projectId: Slug.optional() })

const fields = {
  name: Name,
  body: longText(limits.bodyBytes),
  metadata: Metadata,
  /** Clips of the same project in order; one may stand at several places. */
  clipIds: z.array(Slug).max(limits.parts, `at most ${limits.parts} clips`),
}

export const SongCreate = SongKey.extend({
  name: fields.name,
  body: fields.body.default(""),
  metadata: fields.metadata.default({}),
  clipIds: fields.clipIds.default([]),
  origin: VersionOrigin.optional(),
})
export type SongCreate = z.infer<typeof SongCreate>

export const SongUpdate = SongKey.extend({
  name: fields.name.optional(),
  body: fields.body.optional(),
  metadata: fields.metadata.optional(),
  clipIds: fields.clipIds.optional(),
  origin: VersionOrigin.optional(),
  /** Another state refuses with SONG_CHANGED. */
  ...expectedFields,
})
export type SongUpdate = z.infer<typeof SongUpdate>

export const SongSetClips = SongKey.extend({
  clipIds: fields.clipIds,
  origin: VersionOrigin.optional(),
  ...expectedFields,
})

export const SongDelete = SongKey.extend(expectedFields)

export const SongSort = z.enum(["updated", "name"])
export type SongSort = z.infer<typeof SongSort>

export const SongList = z.object({
  projectId: Slug.optional(),
  q: shortText(limits.search).optional(),
  sort: SongSort.default("updated"),
  ...pageFields,
})
export type SongList = z.infer<typeof SongList>

export const Song = z.object({
  projectId: Slug,
  id: Slug,
  name: z.string(),
  body: z.string(),
  metadata: StoredMetadata,
  clipIds: z.array(Slug),
  version: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Song = z.infer<typeof Song>

export const SongPage = pageOf(Song)

/** What each clip of a song plays, each clip once. */
export const SongPictures = z.object({ items: z.array(z.object({ id: Slug, ...stateFields, ...pictureField })) })

/** A song with what its clips are called, and the playlists that it stands in. */
export const SongDetail = Song.extend({
  clips: z.array(z.object({ id: Slug, name: z.string(), metadata: StoredMetadata })),
  playlists: z.array(z.object({ id: Slug, name: z.string() })),
})
export type SongDetail = z.infer<typeof SongDetail>

export const SongVersionKey = SongKey.extend({ version: wholeNumber(1) })

export const SongRestore = SongVersionKey.extend(restoreFields)

export const SongVersionList = SongKey.extend(pageFields)

/** A song as it was. */
export const SongVersion = z.object({ ...versionFields, songId: Slug, body: z.string(), clipIds: z.array(Slug) })

export const SongVersionPage = pageOf(SongVersion)

/** A song as it was, with what its clips are called, each once. */
export const SongVersionDetail = SongVersion.extend({ clips: z.array(VersionPart) })

/** A version without its text and clips: what it changed and where it came from. */
export const SongHistoryEntry = z.object({ ...orderedEntryFields, songId: Slug })

export const SongHistoryPage = pageOf(SongHistoryEntry)
