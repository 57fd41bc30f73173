"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { Trash2Icon } from "lucide-react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { Row, RowList } from "#shared/collection/row-list.tsx"
import { RowMenu } from "#shared/items/row-menu.tsx"
import { summaryOf } from "#shared/markdown/summary.ts"
import { PlayButton } from "#shared/playback/play-button.tsx"
import { useHidden } from "#shared/ui/undo.ts"
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
  showProject = true,
}: {
  songs: Outputs["song"]["list"]["items"]
  busy?: boolean
  showProject?: boolean
}) {
  const hidden = useHidden()
  const { deleteSong, dialog } = useDeleteSong()
  const shown = songs
    .map((song) => ({ song, item: { itemType: "song", projectId: song.projectId, itemId: song.id } as const }))
    .filter(({ item }) => !hidden.has(itemKey(item)))
  return (
    <>
      <RowList busy={busy}>
        {shown.map(({ song, item }) => (
          <Row
            key={itemKey(item)}
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
        ))}
      </RowList>
      {dialog}
    </>
  )
}
