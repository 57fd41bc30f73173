import { SequenceKey } from "@strudel-agent/contract/sequence"
import type { Metadata } from "next"
import { pageTitle } from "#shared/api/page-title.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { routeKey } from "#shared/api/route-key.ts"
import type { Answers } from "#shared/api/server.ts"
import { findBrokenItems } from "#shared/markdown/broken-items.ts"
import { SongView } from "../../../../islands.tsx"

type Props = PageProps<"/projects/[id]/songs/[songId]">

async function keyOf({ params }: Props) {
  const { id, songId } = await params
  return routeKey(SequenceKey, { projectId: id, id: songId })
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const key = await keyOf(props)
  return pageTitle(async ({ api }) => (await api.song.byId.fetch(key)).name, "Song")
}

async function load({ api, client }: Answers, key: SequenceKey) {
  const { projectId, body, clipIds } = await api.song.byId.fetch(key)
  const known = clipIds.map((itemId) => ({ itemType: "clip", projectId, itemId }) as const)
  return findBrokenItems(client, body, { projectId, folder: "songs/" }, known)
}

export default async function SongPage(props: Props) {
  const key = await keyOf(props)
  return (
    <Prefetched
      load={(answers) => load(answers, key)}
      draw={(state, broken) => <SongView state={state} {...key} broken={broken} />}
    />
  )
}
