import type { Metadata } from "next"
import { Prefetched } from "../../api/prefetched.tsx"
import { projectChoicesInput } from "../../project/project-inputs.ts"
import { readSongFilter } from "../../song/song-filter.ts"
import { toParams } from "../../ui/search-params.ts"
import { SongList } from "../islands.tsx"

export const metadata: Metadata = { title: "Songs" }

export default async function Songs({ searchParams }: PageProps<"/songs">) {
  const filter = readSongFilter(toParams(await searchParams))
  return (
    <Prefetched
      load={({ api }) =>
        Promise.all([api.song.list.fetchInfinite(filter), api.project.list.prefetch(projectChoicesInput)])
      }
      draw={(state) => <SongList state={state} />}
    />
  )
}
