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
import { SongRows, songKey } from "./song-rows.tsx"

function Rows() {
  const filter = readSequenceFilter(useSearchParams())
  const query = api.song.list.useInfiniteQuery(filter, { ...nextPage, placeholderData: keepPreviousData })
  return (
    <PagedList
      query={query}
      what="song"
      skeleton={<RowListSkeleton />}
      empty={<NoSequences kind="song" filtered={Boolean(filter.q || filter.projectId)} />}
      keyOf={songKey}
      draw={(songs, busy, readOn) => (
        <SongRows songs={songs} busy={busy} reset={JSON.stringify(filter)} readOn={readOn} />
      )}
    />
  )
}

/** The page of all songs. */
export const SongList = () => (
  <SequenceList kind="song">
    <Rows />
  </SequenceList>
)
