"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { type RowsShown, SequenceRows, sequenceKey } from "../list/sequence-rows.tsx"
import { useDeletePlaylist } from "./delete-playlist.ts"

export const playlistKey = sequenceKey("playlist")

/** Playlists, one a row. */
export function PlaylistRows({ playlists, ...shown }: RowsShown & { playlists: Outputs["playlist"]["list"]["items"] }) {
  const deletePlaylist = useDeletePlaylist()
  return (
    <SequenceRows
      kind="playlist"
      rows={playlists}
      partsOf={({ songIds }) => songIds}
      onDelete={deletePlaylist}
      {...shown}
    />
  )
}
