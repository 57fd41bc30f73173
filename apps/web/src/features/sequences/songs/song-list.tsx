"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { DiscAlbumIcon } from "lucide-react"
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
import { readSongFilter } from "./song-filter.ts"
import { SongRows, songKey } from "./song-rows.tsx"

const NewSong = onDemand(() => import("./new-song.tsx").then((part) => part.NewSong))

function NoSongs({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty icon={DiscAlbumIcon} title="No song fits these filters">
        <Link href="/songs" className="text-accent underline underline-offset-4">
          Show all songs
        </Link>
      </Empty>
    )
  }
  return (
    <Empty icon={DiscAlbumIcon} title="No songs yet">
      A song puts clips in order. Arrange one from the clips of a project.
    </Empty>
  )
}

function Rows() {
  const filter = readSongFilter(useSearchParams())
  const query = api.song.list.useInfiniteQuery(filter, {
    ...nextPage,
    placeholderData: keepPreviousData,
  })
  return (
    <PagedList
      query={query}
      what="song"
      skeleton={<RowListSkeleton />}
      empty={<NoSongs filtered={Boolean(filter.q || filter.projectId)} />}
      keyOf={songKey}
      draw={(songs, busy, readOn) => (
        <SongRows songs={songs} busy={busy} reset={JSON.stringify(filter)} readOn={readOn} />
      )}
    />
  )
}

/** The page of all songs. */
export function SongList() {
  const projects = useProjectChoices()
  const { open, setOpen } = useNew("song")
  const { projectId } = readSongFilter(useSearchParams())
  return (
    <Page>
      <ListHead title="Songs" what="song" onNew={() => setOpen(true)} />
      <FilterForm label="Filter songs">
        <SearchField name="q" label="Name of the song" />
        <SelectField name="sort" label="Sort by" choices={sortChoices} beside />
        <SelectField name="project" label="Project" choices={projects} beside />
      </FilterForm>
      <h2 className="sr-only">Found</h2>
      <Rows />
      {open && <NewSong projectId={projectId} onClose={() => setOpen(false)} />}
    </Page>
  )
}
