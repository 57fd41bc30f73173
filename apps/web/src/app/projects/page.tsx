import type { Metadata } from "next"
import { readProjectFilter } from "#features/projects/project-inputs.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { toParams } from "#shared/url-state/search-params.ts"
import { ProjectList } from "../islands.tsx"

export const metadata: Metadata = { title: "Projects" }

export default async function Projects({ searchParams }: PageProps<"/projects">) {
  const filter = readProjectFilter(toParams(await searchParams))
  return (
    <Prefetched
      load={({ api }) => api.project.list.fetchInfinite(filter)}
      draw={(state) => <ProjectList state={state} />}
    />
  )
}
