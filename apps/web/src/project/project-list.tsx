"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { FolderIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { api } from "../api/trpc.ts"
import { summaryOf } from "../markdown/summary.ts"
import { Empty } from "../ui/empty.tsx"
import { SearchField } from "../ui/filter-fields.tsx"
import { FilterForm } from "../ui/filter-form.tsx"
import { Link } from "../ui/link.tsx"
import { Page, PageTitle } from "../ui/page.tsx"
import { PagedList } from "../ui/paged-list.tsx"
import { Row, RowList, RowListSkeleton } from "../ui/row-list.tsx"
import { countOf } from "../words/count.ts"
import { readProjectFilter } from "./project-inputs.ts"

function NoProjects({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty icon={FolderIcon} title="No project fits">
        <Link href="/projects" className="text-accent underline underline-offset-4">
          Show all projects
        </Link>
      </Empty>
    )
  }
  return (
    <Empty icon={FolderIcon} title="No projects yet">
      A project holds the clips, songs and playlists that belong together. The first clip makes its own.
    </Empty>
  )
}

function Rows() {
  const filter = readProjectFilter(useSearchParams())
  const query = api.project.list.useInfiniteQuery(filter, {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  return (
    <PagedList
      query={query}
      what="project"
      skeleton={<RowListSkeleton />}
      empty={<NoProjects filtered={Boolean(filter.q)} />}
      draw={(projects, busy) => (
        <RowList busy={busy}>
          {projects.map(({ id, name, description, clipCount, songCount, playlistCount, updatedAt }) => (
            <Row
              key={id}
              href={`/projects/${encodeURIComponent(id)}`}
              name={name}
              note={[id, summaryOf(description)].filter(Boolean).join(" · ")}
              picture={
                <p className="text-right text-sm text-soft">
                  {countOf(songCount, "song")} · {countOf(playlistCount, "playlist")}
                </p>
              }
              facts={countOf(clipCount, "clip")}
              changed={updatedAt}
            />
          ))}
        </RowList>
      )}
    />
  )
}

/** The page of all projects. */
export const ProjectList = () => (
  <Page>
    <PageTitle title="Projects" />
    <FilterForm label="Filter projects">
      <SearchField name="q" label="Name of the project" />
    </FilterForm>
    <h2 className="sr-only">Found</h2>
    <Rows />
  </Page>
)
