"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { FolderIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { onDemand } from "../api/on-demand.tsx"
import { api } from "../api/trpc.ts"
import { ImportButton } from "../import/import-button.tsx"
import { ListHead, sortChoices } from "../item/list-head.tsx"
import { useNew } from "../item/use-new.ts"
import { Empty } from "../ui/empty.tsx"
import { SearchField, SelectField } from "../ui/filter-fields.tsx"
import { FilterForm } from "../ui/filter-form.tsx"
import { Link } from "../ui/link.tsx"
import { Page } from "../ui/page.tsx"
import { PagedList } from "../ui/paged-list.tsx"
import { projectKey } from "./delete-project.tsx"
import { ProjectCards, ProjectCardsSkeleton } from "./project-cards.tsx"
import { readProjectFilter } from "./project-inputs.ts"

const FirstSteps = onDemand(() => import("../first-steps/first-steps.tsx").then((part) => part.FirstSteps))
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
    getNextPageParam: (page) => page.nextCursor,
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
