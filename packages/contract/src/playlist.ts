import { z } from "zod"
import { StoredMetadata } from "./json.ts"
import { sequenceSchemas } from "./sequence.ts"
import { Slug } from "./text.ts"

/** A song as its playlist shows it. */
const Part = z.object({
  id: Slug,
  name: z.string(),
  metadata: StoredMetadata,
  clipIds: z.array(Slug),
  /** The tempo that it begins and ends with, where its clips tell. */
  firstBpm: z.number().nullable(),
  lastBpm: z.number().nullable(),
})

/** Songs in order. */
const { Create, Update, Arrange, ...schemas } = sequenceSchemas({
  ...{ owner: "playlistId", partIds: "songIds", parts: "songs" },
  ...{ part: Part, more: {} },
})

/** Playlists as callers send and get them; what they sent comes out as the library takes it. */
export const playlistSchemas = {
  ...schemas,
  Create: Create.transform(({ songIds: partIds, ...playlist }) => ({ ...playlist, partIds })),
  Update: Update.transform(({ songIds: partIds, ...playlist }) => ({ ...playlist, partIds })),
  Arrange: Arrange.transform(({ songIds: partIds, ...playlist }) => ({ ...playlist, partIds })),
}
export type Playlist = z.output<typeof playlistSchemas.Sequence>
