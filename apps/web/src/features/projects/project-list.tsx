"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { FolderIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { SearchField, SelectField } from "#shared/collection/filter-fields.tsx"
import { FilterForm } from "#shared/collection/filter-form.tsx"
import { nextPage } from "#shared/collection/next-page.ts"
import { PagedList } from "#shared/collection/paged-list.tsx"
import { ImportButton } from "#shared/import-request/import-button.tsx"
import { ListHead, sortChoices } from "#shared/items/list-head.tsx"
import { useNew } from "#shared/items/use-new.ts"
import { Empty } from "#shared/ui/empty.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Page } from "#shared/ui/page.tsx"
import { projectKey } from "./delete-project.tsx"
import { ProjectCards, ProjectCardsSkeleton } from "./project-cards.tsx"
import { readProjectFilter } from "./project-inputs.ts"

const FirstSteps = onDemand(() => import("#shared/first-steps/first-steps.tsx").then((part) => part.FirstSteps))
const NewProject = onDemand(() => import("./new-project.tsx").then((part) => part.NewProject))

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
    <>
      <Empty icon={FolderIcon} title="No projects yet">
        A project holds the clips, songs and playlists that belong together. The first clip makes its own.
      </Empty>
      <FirstSteps />
    </>
  )
}

function Cards() {
  const filter = readProjectFilter(useSearchParams())
  const query = api.project.list.useInfiniteQuery(filter, {
    ...nextPage,
    placeholderData: keepPreviousData,
  })
  return (
    <PagedList
      query={query}
      what="project"
      skeleton={<ProjectCardsSkeleton />}
      empty={<NoProjects filtered={Boolean(filter.q)} />}
      keyOf={({ id }) => projectKey(id)}
      draw={(projects, busy) => <ProjectCards projects={projects} busy={busy} />}
    />
  )
}

/** The page of all projects. */
export function ProjectList() {
  const { open, setOpen } = useNew("project")
  return (
    <Page>
      <ListHead title="Projects" what="project" onNew={() => setOpen(true)}>
        <ImportButton what="folder" words="Import a folder" />
      </ListHead>
      <FilterForm label="Filter projects">
        <SearchField name="q" label="Name of the project" />
        <SelectField name="sort" label="Sort by" choices={sortChoices} beside />
      </FilterForm>
      <h2 className="sr-only">Found</h2>
      <Cards />
      {open && <NewProject onClose={() => setOpen(false)} />}
    </Page>
  )
}
