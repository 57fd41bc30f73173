import { playlistQueries } from "@strudel-agent/database/queries/playlist"
import { listSongNames } from "@strudel-agent/database/queries/song"
import { sequencesOf } from "./sequence.ts"

/** Songs in order, with a text. */
export const playlists = sequencesOf({
  type: "playlist",
  part: "song",
  reasons: {
    missing: "PLAYLIST_NOT_FOUND",
    exists: "PLAYLIST_EXISTS",
    changed: "PLAYLIST_CHANGED",
    versionMissing: "PLAYLIST_VERSION_NOT_FOUND",
    partsMissing: "PLAYLIST_SONGS_MISSING",
  },
  queries: playlistQueries,
  listPartNames: listSongNames,
})
