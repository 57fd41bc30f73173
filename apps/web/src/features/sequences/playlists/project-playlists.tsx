"use client"

import { api } from "#shared/api/trpc.ts"
import { nextPage } from "#shared/collection/next-page.ts"
import { PagedList } from "#shared/collection/paged-list.tsx"
import { RowListSkeleton } from "#shared/collection/row-list.tsx"
import { partInput } from "#shared/items/project-inputs.ts"
import { NoSequences } from "../list/no-sequences.tsx"
import { PlaylistRows, playlistKey } from "./playlist-rows.tsx"

/** The playlists of a project, on its page. */
export function ProjectPlaylists({ projectId }: { projectId: string }) {
  const query = api.playlist.list.useInfiniteQuery(partInput(projectId), nextPage)
  return (
    <PagedList
      query={query}
      what="playlist"
      skeleton={<RowListSkeleton />}
      empty={<NoSequences kind="playlist" ofProject />}
      keyOf={playlistKey}
      draw={(playlists) => <PlaylistRows playlists={playlists} showProject={false} />}
    />
  )
}
