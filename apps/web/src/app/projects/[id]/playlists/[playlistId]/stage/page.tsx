import { SequenceKey } from "@strudel-agent/contract/sequence"
import type { Metadata } from "next"
import { pageTitle } from "#shared/api/page-title.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { routeKey } from "#shared/api/route-key.ts"
import { PlaylistStage } from "../../../../../islands.tsx"

type Props = PageProps<"/projects/[id]/playlists/[playlistId]/stage">

async function keyOf({ params }: Props) {
  const { id, playlistId } = await params
  return routeKey(SequenceKey, { projectId: id, id: playlistId })
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const key = await keyOf(props)
  return pageTitle(async ({ api }) => `Stage · ${(await api.playlist.byId.fetch(key)).name}`, "Stage")
}

export default async function StagePage(props: Props) {
  const key = await keyOf(props)
  return (
    <Prefetched
      load={({ api }) => api.playlist.byId.fetch(key)}
      draw={(state) => <PlaylistStage state={state} {...key} />}
    />
  )
}
