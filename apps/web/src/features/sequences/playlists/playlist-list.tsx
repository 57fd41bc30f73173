"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { useSearchParams } from "next/navigation"
import { api } from "#shared/api/trpc.ts"
import { nextPage } from "#shared/collection/next-page.ts"
import { PagedList } from "#shared/collection/paged-list.tsx"
import { RowListSkeleton } from "#shared/collection/row-list.tsx"
import { NoSequences } from "../list/no-sequences.tsx"
import { readSequenceFilter } from "../list/sequence-filter.ts"
import { SequenceList } from "../list/sequence-list.tsx"
import { PlaylistRows, playlistKey } from "./playlist-rows.tsx"

function Rows() {
  const filter = readSequenceFilter(useSearchParams())
  const query = api.playlist.list.useInfiniteQuery(filter, { ...nextPage, placeholderData: keepPreviousData })
  return (
    <PagedList
      query={query}
      what="playlist"
      skeleton={<RowListSkeleton />}
      empty={<NoSequences kind="playlist" filtered={Boolean(filter.q || filter.projectId)} />}
      keyOf={playlistKey}
      draw={(playlists, busy, readOn) => (
        <PlaylistRows playlists={playlists} busy={busy} reset={JSON.stringify(filter)} readOn={readOn} />
      )}
    />
  )
}

/** The page of all playlists. */
export const PlaylistList = () => (
  <SequenceList kind="playlist">
    <Rows />
  </SequenceList>
)
