"use client"

import { ListMusicIcon } from "lucide-react"
import { api } from "#shared/api/trpc.ts"
import { nextPage } from "#shared/collection/next-page.ts"
import { PagedList } from "#shared/collection/paged-list.tsx"
import { RowListSkeleton } from "#shared/collection/row-list.tsx"
import { partInput } from "#shared/items/project-inputs.ts"
import { Empty } from "#shared/ui/empty.tsx"
import { PlaylistRows, playlistKey } from "./playlist-rows.tsx"

/** The playlists of a project, on its page. */
export function ProjectPlaylists({ projectId }: { projectId: string }) {
  const query = api.playlist.list.useInfiniteQuery(partInput(projectId), nextPage)
  return (
    <PagedList
      query={query}
      what="playlist"
      skeleton={<RowListSkeleton />}
      empty={
        <Empty icon={ListMusicIcon} title="No playlists yet">
          A playlist puts songs of this project in order.
        </Empty>
      }
      keyOf={playlistKey}
      draw={(playlists) => <PlaylistRows playlists={playlists} showProject={false} />}
    />
  )
}
