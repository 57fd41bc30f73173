import type { Metadata } from "next"
import { Prefetched } from "../../api/prefetched.tsx"
import { readClipFilter } from "../../clip/clip-filter.ts"
import { projectChoicesInput } from "../../project/project-inputs.ts"
import { toParams } from "../../ui/search-params.ts"
import { ClipLibrary } from "../islands.tsx"

export const metadata: Metadata = { title: "Clips" }

export default async function Clips({ searchParams }: PageProps<"/clips">) {
  const filter = readClipFilter(toParams(await searchParams))
  return (
    <Prefetched
      load={({ api }) =>
        Promise.all([api.clip.list.fetchInfinite(filter), api.project.list.prefetch(projectChoicesInput)])
      }
      draw={(state) => <ClipLibrary state={state} />}
    />
  )
}
