import type { Metadata } from "next"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { readProjectFilter } from "#shared/items/project-inputs.ts"
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
