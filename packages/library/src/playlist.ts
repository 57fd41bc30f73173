import { playlistQueries } from "@strudel-agent/database/queries/playlist"
import { listSongNames } from "@strudel-agent/database/queries/song"
import { sequencesOf } from "./sequence.ts"

/** Songs in order, with a text. */
export const playlists = sequencesOf({
  type: "playlist",
  queries: playlistQueries,
  listPartNames: listSongNames,
})
