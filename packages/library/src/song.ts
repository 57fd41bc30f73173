import { itemReasons } from "@strudel-agent/contract/item-reason"
import { listClipNames } from "@strudel-agent/database/queries/clip"
import { listPlaylistsOfSong, songQueries } from "@strudel-agent/database/queries/song"
import { LibraryError } from "./failure.ts"
import { sequencesOf } from "./sequence.ts"

/** Clips in order, with a text. */
export const songs = sequencesOf({
  type: "song",
  queries: songQueries,
  listPartNames: listClipNames,
  async refuseUsed(tx, key) {
    const names = (await listPlaylistsOfSong(tx, key)).map(({ name }) => name)
    if (names.length === 0) return
    throw new LibraryError(itemReasons.song.inUse, `The song is used by the playlists: ${names.join(", ")}.`, { names })
  },
})
