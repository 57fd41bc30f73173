"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { Trash2Icon } from "lucide-react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { RowCollection } from "#shared/collection/row-collection.tsx"
import { Row } from "#shared/collection/row-list.tsx"
import { RowMenu } from "#shared/items/row-menu.tsx"
import { summaryOf } from "#shared/markdown/summary.ts"
import { PlayButton } from "#shared/playback/play-button.tsx"
import { itemKey, itemPath } from "#shared/url-state/item-link.ts"
import { countOf } from "#shared/words/count.ts"
import { useDeleteSong } from "./delete-song.tsx"

const SmallSongPicture = onDemand(() => import("./small-song-picture.tsx").then((part) => part.SmallSongPicture))

/** The key by which a song is known while it is being deleted. */
export const songKey = ({ projectId, id }: { projectId: string; id: string }): string =>
  itemKey({ itemType: "song", projectId, itemId: id })

/** Songs, one a row. */
export function SongRows({
  songs,
  busy = false,
  reset = "",
  readOn,
  showProject = true,
}: {
  songs: Outputs["song"]["list"]["items"]
  busy?: boolean
  /** Another text for each list that is another one. */
  reset?: string
  readOn?: (() => unknown) | undefined
  showProject?: boolean
}) {
  const { deleteSong, dialog } = useDeleteSong()
  return (
    <>
      <RowCollection
        rows={songs}
        keyOf={songKey}
        what="song"
        busy={busy}
        reset={reset}
        readOn={readOn}
        draw={(song) => {
          const item = { itemType: "song", projectId: song.projectId, itemId: song.id } as const
          return (
            <Row
              key={itemKey(item)}
              id={itemKey(item)}
              href={itemPath(item)}
              name={song.name}
              play={<PlayButton item={item} name={song.name} size="small" />}
              note={[showProject && song.projectId, summaryOf(song.body)].filter(Boolean).join(" · ")}
              picture={
                <SmallSongPicture clipIds={song.clipIds} className="h-8 w-full text-edge group-hover:text-accent" />
              }
              facts={countOf(song.clipIds.length, "clip")}
              changed={song.updatedAt}
              onDelete={() => void deleteSong(song)}
              menu={
                <RowMenu
                  label={`What to do with ${song.name}`}
                  draw={({ MenuItem }) => (
                    <MenuItem icon={Trash2Icon} danger onSelect={() => void deleteSong(song)}>
                      Delete
                    </MenuItem>
                  )}
                />
              }
            />
          )
        }}
      />
      {dialog}
    </>
  )
}
