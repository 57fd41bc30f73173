import { z } from "zod"
import { pictureField, stateFields } from "./clip/state.ts"
import { StoredMetadata } from "./json.ts"
import { sequenceSchemas } from "./sequence.ts"
import { Slug } from "./text.ts"

/** Clips in order; the headings of its text are its sections. */
const { Create, Update, Arrange, ...schemas } = sequenceSchemas({
  ...{ owner: "songId", partIds: "clipIds", parts: "clips" },
  part: z.object({ id: Slug, name: z.string(), metadata: StoredMetadata }),
  /** The playlists that it stands in. */
  more: { playlists: z.array(z.object({ id: Slug, name: z.string() })) },
})

/** Songs as callers send and get them; what they sent comes out as the library takes it. */
export const songSchemas = {
  ...schemas,
  Create: Create.transform(({ clipIds: partIds, ...song }) => ({ ...song, partIds })),
  Update: Update.transform(({ clipIds: partIds, ...song }) => ({ ...song, partIds })),
  Arrange: Arrange.transform(({ clipIds: partIds, ...song }) => ({ ...song, partIds })),
}
export type Song = z.output<typeof songSchemas.Sequence>

/** What each clip of a song plays, each clip once. */
export const SongPictures = z.object({ items: z.array(z.object({ id: Slug, ...stateFields, ...pictureField })) })
