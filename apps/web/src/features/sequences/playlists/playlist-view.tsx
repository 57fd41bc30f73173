"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { useRouter } from "next/navigation"
import { useCallback, useMemo } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { PlayButton } from "#shared/playback/play-button.tsx"
import { usePlaySource } from "#shared/playback/use-play.ts"
import type { Part as OrderPart } from "#shared/song/part.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { ItemSkeleton } from "#shared/ui/item-skeleton.tsx"
import { Arrangement, oneByOne } from "../arrangement/arrangement.tsx"
import { useOrder } from "../arrangement/use-order.ts"
import { useKnownParts } from "../page/known-parts.ts"
import { SequencePage } from "../page/sequence-page.tsx"
import { useDeletePlaylist } from "./delete-playlist.ts"
import { partOfSong, useFoundSongs } from "./playlist-parts.ts"
import { usePlaylistStore } from "./playlist-store.ts"

const PlaylistHistory = onDemand(() => import("./playlist-history.tsx").then((part) => part.PlaylistHistory))
const PlaylistComparison = onDemand(() => import("./playlist-comparison.tsx").then((part) => part.PlaylistComparison))

type Playlist = Outputs["playlist"]["byId"]

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
  const partOf = useCallback((song: Playlist["songs"][number]) => partOfSong(projectId, song), [projectId])
  const { parts, add } = useKnownParts(playlist.songs, partOf)
  const stored = useMemo(
    () => ({ ids: playlist.songIds, updatedAt: playlist.updatedAt }),
    [playlist.songIds, playlist.updatedAt],
  )
  const order = useOrder(`playlist:${projectId}/${id}`, stored, () => store.order)
  const source = usePlaySource({ itemType: "playlist", projectId, itemId: id }, name)
  return (
    <SequencePage
      kind="playlist"
      sequence={playlist}
      source={source}
      store={store}
      order={order}
      ordered={{
        parts,
        useFound: useFoundSongs,
        onFound: add,
        pictureOf: (part) => (
          <>
            {pictureOf(part)}
            <PlayButton item={{ itemType: "song", projectId, itemId: part.id }} name={part.name} size="small" />
          </>
        ),
      }}
      broken={broken}
      onDelete={() => {
        deletePlaylist({ projectId, id, name })
        router.push("/playlists")
      }}
      drawComparison={(compared) => <PlaylistComparison playlist={playlist} {...compared} />}
      drawHistory={(listed) => <PlaylistHistory {...listed} />}
    />
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
