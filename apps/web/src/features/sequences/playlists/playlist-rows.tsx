"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { Trash2Icon } from "lucide-react"
import { RowCollection } from "#shared/collection/row-collection.tsx"
import { Row } from "#shared/collection/row-list.tsx"
import { RowMenu } from "#shared/items/row-menu.tsx"
import { summaryOf } from "#shared/markdown/summary.ts"
import { PlayButton } from "#shared/playback/play-button.tsx"
import { itemKey, itemPath } from "#shared/url-state/item-link.ts"
import { countOf } from "#shared/words/count.ts"
import { useDeletePlaylist } from "./delete-playlist.ts"

/** The key by which a playlist is known while it is being deleted. */
export const playlistKey = ({ projectId, id }: { projectId: string; id: string }): string =>
  itemKey({ itemType: "playlist", projectId, itemId: id })

/** Playlists, one a row. */
export function PlaylistRows({
  playlists,
  busy = false,
  reset = "",
  readOn,
  showProject = true,
}: {
  playlists: Outputs["playlist"]["list"]["items"]
  busy?: boolean
  /** Another text for each list that is another one. */
  reset?: string
  readOn?: (() => unknown) | undefined
  showProject?: boolean
}) {
  const deletePlaylist = useDeletePlaylist()
  return (
    <RowCollection
      rows={playlists}
      keyOf={playlistKey}
      what="playlist"
      busy={busy}
      reset={reset}
      readOn={readOn}
      draw={(list) => {
        const item = { itemType: "playlist", projectId: list.projectId, itemId: list.id } as const
        return (
          <Row
            key={itemKey(item)}
            id={itemKey(item)}
            href={itemPath(item)}
            name={list.name}
            play={<PlayButton item={item} name={list.name} size="small" />}
            note={[showProject && list.projectId, summaryOf(list.body)].filter(Boolean).join(" · ")}
            facts={countOf(list.songIds.length, "song")}
            changed={list.updatedAt}
            onDelete={() => deletePlaylist(list)}
            menu={
              <RowMenu
                label={`What to do with ${list.name}`}
                draw={({ MenuItem }) => (
                  <MenuItem icon={Trash2Icon} danger onSelect={() => deletePlaylist(list)}>
                    Delete
                  </MenuItem>
                )}
              />
            }
          />
        )
      }}
    />
  )
}
