"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { Trash2Icon } from "lucide-react"
import { useRouter } from "next/navigation"
import { useCallback, useMemo, useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { useItemActions } from "#shared/items/item-actions.ts"
import { ItemHead } from "#shared/items/item-head.tsx"
import { usePagePlayable } from "#shared/playback/page-playable.ts"
import { PlayButton, PlaySourceButton } from "#shared/playback/play-button.tsx"
import { StageLink } from "#shared/playback/stage-link.tsx"
import { usePlaySource } from "#shared/playback/use-play.ts"
import { idsOf } from "#shared/song/order.ts"
import type { Part as OrderPart } from "#shared/song/part.ts"
import { TextPart } from "#shared/text/text-part.tsx"
import { IconButton } from "#shared/ui/button.tsx"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { ItemSkeleton } from "#shared/ui/item-skeleton.tsx"
import { Page, Part } from "#shared/ui/page.tsx"
import { useRestore } from "#shared/versions/use-restore.ts"
import { useShownVersions } from "#shared/versions/use-shown-versions.ts"
import { AboutPart } from "../about/about-part.tsx"
import { ItemOwner } from "../about/item-owner.tsx"
import { Arrangement, oneByOne } from "../arrangement/arrangement.tsx"
import { useOrderActions } from "../arrangement/order-actions.ts"
import { OrderList } from "../arrangement/order-list.tsx"
import { orderNote } from "../arrangement/order-note.ts"
import { useOrder } from "../arrangement/use-order.ts"
import { useDeletePlaylist } from "./delete-playlist.ts"
import { partOfSong, useFoundSongs } from "./playlist-parts.ts"
import { usePlaylistStore } from "./playlist-store.ts"

const PlaylistHistory = onDemand(() => import("./playlist-history.tsx").then((part) => part.PlaylistHistory))
const PlaylistComparison = onDemand(() => import("./playlist-comparison.tsx").then((part) => part.PlaylistComparison))

type Playlist = Outputs["playlist"]["byId"]

/** The songs that the page knows: those of the playlist, and those that were found to be added. */
function useParts({ projectId, songs }: Playlist) {
  const [found, setFound] = useState<OrderPart[]>([])
  const parts = useMemo(
    () =>
      new Map([
        ...found.map((part): [string, OrderPart] => [part.id, part]),
        ...songs.map((song): [string, OrderPart] => [song.id, partOfSong(projectId, song)]),
      ]),
    [found, songs, projectId],
  )
  const add = useCallback((part: OrderPart) => setFound((before) => [...before, part]), [])
  return { parts, add }
}

const pictureOf = ({ clipIds = [] }: OrderPart) => (
  <span className="hidden w-32 shrink-0 sm:block xl:w-44">
    <Arrangement stretches={oneByOne(clipIds)} className="h-7 w-full text-edge group-hover:text-accent" />
  </span>
)

function LoadedPlaylist({ playlist, broken }: { playlist: Playlist; broken: string[] | undefined }) {
  const { projectId, id, name } = playlist
  const router = useRouter()
  const store = usePlaylistStore(projectId, id)
  const deletePlaylist = useDeletePlaylist()
  const [renaming, setRenaming] = useState(false)
  const { parts, add } = useParts(playlist)
  const stored = useMemo(
    () => ({ ids: playlist.songIds, updatedAt: playlist.updatedAt }),
    [playlist.songIds, playlist.updatedAt],
  )
  const order = useOrder(`playlist:${projectId}/${id}`, stored, () => store.order)
  const { runs } = order.state
  const source = usePlaySource({ itemType: "playlist", projectId, itemId: id }, name)
  usePagePlayable(source)
  async function remove() {
    await order.keeper.flush()
    deletePlaylist({ projectId, id, name })
    router.push("/playlists")
  }

  const versions = useShownVersions(playlist.version)
  const bringBack = useRestore(playlist.version, store.restore)
  async function restore(version: number, without: string | undefined) {
    await order.keeper.flush()
    if (!order.keeper.state().aside) await bringBack(version, without)
  }

  useItemActions({ what: "playlist", onRename: () => setRenaming(true), onDelete: () => void remove() })
  useOrderActions("song")

  return (
    <Page>
      <ItemHead
        above={<ItemOwner kind="Playlist" projectId={projectId} />}
        name={name}
        note={orderNote("song", runs, parts)}
        onRename={store.rename}
        renaming={renaming}
        setRenaming={setRenaming}
      >
        <PlaySourceButton source={source} size="large" />
        <StageLink folder="playlists" projectId={projectId} id={id} />
        <IconButton label="Delete this playlist" onClick={() => void remove()}>
          <Trash2Icon aria-hidden="true" />
        </IconButton>
      </ItemHead>
      {versions.pair && (
        <PlaylistComparison
          playlist={playlist}
          versions={versions.pair}
          locked={
            order.state.aside ? "Your order is not stored: decide about it before you restore a version." : undefined
          }
          onRestore={restore}
          onClose={versions.close}
        />
      )}
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
        <Part title="Songs in order" note={idsOf(runs).length || undefined}>
          <OrderList
            order={order}
            kind="song"
            parts={parts}
            projectId={projectId}
            useFound={useFoundSongs}
            onFound={add}
            pictureOf={(part) => (
              <>
                {pictureOf(part)}
                <PlayButton item={{ itemType: "song", projectId, itemId: part.id }} name={part.name} size="small" />
              </>
            )}
          />
        </Part>
        <div className="flex min-w-0 flex-col gap-8 lg:row-span-2">
          <TextPart
            title="Notes"
            empty="Nothing is written about it."
            stored={{ text: playlist.body, updatedAt: playlist.updatedAt }}
            name={name}
            base={{ projectId, folder: "playlists/" }}
            broken={broken}
            draftName={`playlist:${projectId}/${id}`}
            storage={store.text}
          />
          <AboutPart item={playlist} onTag={store.changeTag} />
        </div>
        <PlaylistHistory
          projectId={projectId}
          id={id}
          current={playlist.version}
          shown={versions.shown}
          onToggle={versions.toggle}
        />
      </div>
    </Page>
  )
}

/** The page of one playlist. */
export function PlaylistView({
  projectId,
  id,
  broken,
}: {
  projectId: string
  id: string
  broken: string[] | undefined
}) {
  const query = api.playlist.byId.useQuery({ projectId, id })
  if (query.isPending) return <ItemSkeleton what="the playlist" />
  if (!query.data) return <FailedQuery query={query} />
  return <LoadedPlaylist key={`${projectId}/${id}`} playlist={query.data} broken={broken} />
}
