import type { Metadata } from "next"
import { readSequenceFilter } from "#features/sequences/list/sequence-filter.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { projectChoicesInput } from "#shared/items/project-inputs.ts"
import { toParams } from "#shared/url-state/search-params.ts"
import { SongList } from "../islands.tsx"

export const metadata: Metadata = { title: "Songs" }

export default async function Songs({ searchParams }: PageProps<"/songs">) {
  const filter = readSequenceFilter(toParams(await searchParams))
  return (
    <Prefetched
      load={({ api }) =>
        Promise.all([api.song.list.fetchInfinite(filter), api.project.list.prefetch(projectChoicesInput)])
      }
      draw={(state) => <SongList state={state} />}
    />
  )
}
