import type { Metadata } from "next"
import { Prefetched } from "../../api/prefetched.tsx"
import { readPlaylistFilter } from "../../playlist/playlist-filter.ts"
import { projectChoicesInput } from "../../project/project-inputs.ts"
import { toParams } from "../../ui/search-params.ts"
import { PlaylistList } from "../islands.tsx"

export const metadata: Metadata = { title: "Playlists" }

export default async function Playlists({ searchParams }: PageProps<"/playlists">) {
  const filter = readPlaylistFilter(toParams(await searchParams))
  return (
    <Prefetched
      load={({ api }) =>
        Promise.all([api.playlist.list.fetchInfinite(filter), api.project.list.prefetch(projectChoicesInput)])
      }
      draw={(state) => <PlaylistList state={state} />}
    />
  )
}
