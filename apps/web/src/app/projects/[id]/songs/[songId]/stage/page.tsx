import { SequenceKey } from "@strudel-agent/contract/sequence"
import type { Metadata } from "next"
import { pageTitle } from "#shared/api/page-title.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { routeKey } from "#shared/api/route-key.ts"
import { SongStage } from "../../../../../islands.tsx"

type Props = PageProps<"/projects/[id]/songs/[songId]/stage">

async function keyOf({ params }: Props) {
  const { id, songId } = await params
  return routeKey(SequenceKey, { projectId: id, id: songId })
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const key = await keyOf(props)
  return pageTitle(async ({ api }) => `Stage · ${(await api.song.byId.fetch(key)).name}`, "Stage")
}

export default async function StagePage(props: Props) {
  const key = await keyOf(props)
  return (
    <Prefetched load={({ api }) => api.song.byId.fetch(key)} draw={(state) => <SongStage state={state} {...key} />} />
  )
}
