import type { Metadata } from "next"
import { readSequenceFilter } from "#features/sequences/list/sequence-filter.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { projectChoicesInput } from "#shared/items/project-inputs.ts"
import { toParams } from "#shared/url-state/search-params.ts"
import { PlaylistList } from "../islands.tsx"

export const metadata: Metadata = { title: "Playlists" }

export default async function Playlists({ searchParams }: PageProps<"/playlists">) {
  const filter = readSequenceFilter(toParams(await searchParams))
  return (
    <Prefetched
      load={({ api }) =>
        Promise.all([api.playlist.list.fetchInfinite(filter), api.project.list.prefetch(projectChoicesInput)])
      }
      draw={(state) => <PlaylistList state={state} />}
    />
  )
}
