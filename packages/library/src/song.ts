import { listClipNames } from "@strudel-agent/database/queries/clip"
import { listPlaylistsOfSong, songQueries } from "@strudel-agent/database/queries/song"
import { LibraryError } from "./failure.ts"
import { sequencesOf } from "./sequence.ts"

/** Clips in order, with a text. */
export const songs = sequencesOf({
  type: "song",
  part: "clip",
  reasons: {
    missing: "SONG_NOT_FOUND",
    exists: "SONG_EXISTS",
    changed: "SONG_CHANGED",
    versionMissing: "SONG_VERSION_NOT_FOUND",
    partsMissing: "SONG_CLIPS_MISSING",
  },
  queries: songQueries,
  listPartNames: listClipNames,
  async refuseUsed(tx, key) {
    const names = (await listPlaylistsOfSong(tx, key)).map(({ name }) => name)
    if (names.length === 0) return
    throw new LibraryError("SONG_IN_USE", `The song is used by the playlists: ${names.join(", ")}.`, { names })
  },
})
