"use client"

import { api } from "#shared/api/trpc.ts"
import { nextPage } from "#shared/collection/next-page.ts"
import { PagedList } from "#shared/collection/paged-list.tsx"
import { RowListSkeleton } from "#shared/collection/row-list.tsx"
import { partInput } from "#shared/items/project-inputs.ts"
import { NoSequences } from "../list/no-sequences.tsx"
import { SongRows, songKey } from "./song-rows.tsx"

/** The songs of a project, on its page. */
export function ProjectSongs({ projectId }: { projectId: string }) {
  const query = api.song.list.useInfiniteQuery(partInput(projectId), nextPage)
  return (
    <PagedList
      query={query}
      what="song"
      skeleton={<RowListSkeleton />}
      empty={<NoSequences kind="song" ofProject />}
      keyOf={songKey}
      draw={(songs) => <SongRows songs={songs} showProject={false} />}
    />
  )
}
