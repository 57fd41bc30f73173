"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { api } from "#shared/api/trpc.ts"
import { OrderedComparison, type OrderedVersion } from "../arrangement/ordered-comparison.tsx"
import type { Compared } from "../page/sequence-page.tsx"

type Song = Outputs["song"]["byId"]

/** A version of a song; the current one is there already. */
function useVersion(song: Song, version: number) {
  const { projectId, id } = song
  const isCurrent = version === song.version
  const query = api.song.version.useQuery(
    { projectId, id, version },
    { enabled: !isCurrent, staleTime: Number.POSITIVE_INFINITY },
  )
  const shown: OrderedVersion | undefined = isCurrent
    ? { ...song, parts: song.clipIds, names: song.clips, at: song.updatedAt }
    : query.data && { ...query.data, parts: query.data.clipIds, names: query.data.clips, at: query.data.createdAt }
  return { shown, query }
}

/** Two versions of a song against each other. */
export function SongComparison({ song, ...rest }: { song: Song } & Compared) {
  const [from, to] = rest.versions
  const before = useVersion(song, from)
  const after = useVersion(song, to)
  return <OrderedComparison before={before} after={after} kind="clip" current={song.version} {...rest} />
}
