import { z } from "zod"
import { Metadata, StoredMetadata } from "./json.ts"
import { limits } from "./limits.ts"
import { pageFields, pageOf } from "./paging.ts"
import { markdownText, Name, Slug, shortText, Timestamp } from "./text.ts"

export const PlaylistKey = z.object({ projectId: Slug, id: Slug })
export type PlaylistKey = z.infer<typeof PlaylistKey>

/** A playlist by its id alone where only one project owns it. */
export const PlaylistFind = z.object({ id: Slug, projectId: Slug.optional() })

const fields = {
  name: Name,
  body: markdownText(limits.bodyBytes),
  metadata: Metadata,
  /** Songs of the same project in order; one may stand at several places. */
  songIds: z.array(Slug).max(limits.parts, `at most ${limits.parts} songs`),
}

export const PlaylistCreate = PlaylistKey.extend({
  name: fields.name,
  body: fields.body.default(""),
  metadata: fields.metadata.default({}),
  songIds: fields.songIds.default([]),
})
export type PlaylistCreate = z.infer<typeof PlaylistCreate>

export const PlaylistUpdate = PlaylistKey.extend({
  name: fields.name.optional(),
  body: fields.body.optional(),
  metadata: fields.metadata.optional(),
  songIds: fields.songIds.optional(),
})
export type PlaylistUpdate = z.infer<typeof PlaylistUpdate>

export const PlaylistSetSongs = PlaylistKey.extend({ songIds: fields.songIds })

export const PlaylistList = z.object({
  projectId: Slug.optional(),
  q: shortText(limits.search).optional(),
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
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Playlist = z.infer<typeof Playlist>

export const PlaylistPage = pageOf(Playlist)

/** A playlist with its songs and the clips that each song plays. */
export const PlaylistDetail = Playlist.extend({
  songs: z.array(z.object({ id: Slug, name: z.string(), clipIds: z.array(Slug) })),
})
export type PlaylistDetail = z.infer<typeof PlaylistDetail>
