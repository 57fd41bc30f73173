"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { ListMusicIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { SearchField, SelectField } from "#shared/collection/filter-fields.tsx"
import { FilterForm } from "#shared/collection/filter-form.tsx"
import { nextPage } from "#shared/collection/next-page.ts"
import { PagedList } from "#shared/collection/paged-list.tsx"
import { RowListSkeleton } from "#shared/collection/row-list.tsx"
import { ListHead, sortChoices } from "#shared/items/list-head.tsx"
import { useProjectChoices } from "#shared/items/project-choices.ts"
import { useNew } from "#shared/items/use-new.ts"
import { Empty } from "#shared/ui/empty.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Page } from "#shared/ui/page.tsx"
import { readPlaylistFilter } from "./playlist-filter.ts"
import { PlaylistRows, playlistKey } from "./playlist-rows.tsx"

const NewPlaylist = onDemand(() => import("./new-playlist.tsx").then((part) => part.NewPlaylist))

function NoPlaylists({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty icon={ListMusicIcon} title="No playlist fits these filters">
        <Link href="/playlists" className="text-accent underline underline-offset-4">
          Show all playlists
        </Link>
      </Empty>
    )
  }
  return (
    <Empty icon={ListMusicIcon} title="No playlists yet">
      A playlist puts songs in order, for a set or an evening.
    </Empty>
  )
}

function Rows() {
  const filter = readPlaylistFilter(useSearchParams())
  const query = api.playlist.list.useInfiniteQuery(filter, {
    ...nextPage,
    placeholderData: keepPreviousData,
  })
  return (
    <PagedList
      query={query}
      what="playlist"
      skeleton={<RowListSkeleton />}
      empty={<NoPlaylists filtered={Boolean(filter.q || filter.projectId)} />}
      keyOf={playlistKey}
      draw={(playlists, busy, readOn) => (
        <PlaylistRows playlists={playlists} busy={busy} reset={JSON.stringify(filter)} readOn={readOn} />
      )}
    />
  )
}

/** The page of all playlists. */
export function PlaylistList() {
  const projects = useProjectChoices()
  const { open, setOpen } = useNew("playlist")
  const { projectId } = readPlaylistFilter(useSearchParams())
  return (
    <Page>
      <ListHead title="Playlists" what="playlist" onNew={() => setOpen(true)} />
      <FilterForm label="Filter playlists">
        <SearchField name="q" label="Name of the playlist" />
        <SelectField name="sort" label="Sort by" choices={sortChoices} beside />
        <SelectField name="project" label="Project" choices={projects} beside />
      </FilterForm>
      <h2 className="sr-only">Found</h2>
      <Rows />
      {open && <NewPlaylist projectId={projectId} onClose={() => setOpen(false)} />}
    </Page>
  )
}
