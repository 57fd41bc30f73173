import { playlistSchemas } from "@strudel-agent/contract/playlist"
import { listSongsOfPlaylist } from "@strudel-agent/database/queries/playlist"
import { playlists } from "@strudel-agent/library/playlist"
import type { TRPCRouterRecord } from "@trpc/server"
import { sequenceRouter } from "./sequence.ts"
import { sequenceHistoryRouter } from "./sequence-history.ts"

const { arrange, ...common } = sequenceRouter({
  sequences: playlists,
  schemas: playlistSchemas,
  readMore: async (db, key) => ({ parts: await listSongsOfPlaylist(db, key) }),
})

export const playlistRouter = {
  ...common,
  ...sequenceHistoryRouter({ sequences: playlists, schemas: playlistSchemas }),
  setSongs: arrange,
} satisfies TRPCRouterRecord
