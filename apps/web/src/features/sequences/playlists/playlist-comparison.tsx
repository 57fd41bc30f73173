"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { api } from "#shared/api/trpc.ts"
import { OrderedComparison, type OrderedVersion } from "../arrangement/ordered-comparison.tsx"
import type { Compared } from "../page/sequence-page.tsx"

type Playlist = Outputs["playlist"]["byId"]

/** A version of a playlist; the current one is there already. */
function useVersion(playlist: Playlist, version: number) {
  const { projectId, id } = playlist
  const isCurrent = version === playlist.version
  const query = api.playlist.version.useQuery(
    { projectId, id, version },
    { enabled: !isCurrent, staleTime: Number.POSITIVE_INFINITY },
  )
  const shown: OrderedVersion | undefined = isCurrent
    ? { ...playlist, parts: playlist.songIds, names: playlist.songs, at: playlist.updatedAt }
    : query.data && { ...query.data, parts: query.data.songIds, names: query.data.songs, at: query.data.createdAt }
  return { shown, query }
}

/** Two versions of a playlist against each other. */
export function PlaylistComparison({ playlist, ...rest }: { playlist: Playlist } & Compared) {
  const [from, to] = rest.versions
  const before = useVersion(playlist, from)
  const after = useVersion(playlist, to)
  return <OrderedComparison before={before} after={after} kind="song" current={playlist.version} {...rest} />
}
