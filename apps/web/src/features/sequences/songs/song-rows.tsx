"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { onDemand } from "#shared/api/on-demand.tsx"
import { type RowsShown, SequenceRows, sequenceKey } from "../list/sequence-rows.tsx"
import { useDeleteSong } from "./delete-song.tsx"

const SmallSongPicture = onDemand(() => import("./small-song-picture.tsx").then((part) => part.SmallSongPicture))

export const songKey = sequenceKey("song")

/** Songs, one a row. */
export function SongRows({ songs, ...shown }: RowsShown & { songs: Outputs["song"]["list"]["items"] }) {
  const { deleteSong, dialog } = useDeleteSong()
  return (
    <>
      <SequenceRows
        kind="song"
        rows={songs}
        partsOf={({ clipIds }) => clipIds}
        pictureOf={({ clipIds }) => (
          <SmallSongPicture clipIds={clipIds} className="h-8 w-full text-edge group-hover:text-accent" />
        )}
        onDelete={(song) => void deleteSong(song)}
        {...shown}
      />
      {dialog}
    </>
  )
}
