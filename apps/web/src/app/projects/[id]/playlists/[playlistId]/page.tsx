import { SequenceKey } from "@strudel-agent/contract/sequence"
import type { Metadata } from "next"
import { pageTitle } from "#shared/api/page-title.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { routeKey } from "#shared/api/route-key.ts"
import type { Answers } from "#shared/api/server.ts"
import { findBrokenItems } from "#shared/markdown/broken-items.ts"
import { PlaylistView } from "../../../../islands.tsx"

type Props = PageProps<"/projects/[id]/playlists/[playlistId]">

async function keyOf({ params }: Props) {
  const { id, playlistId } = await params
  return routeKey(SequenceKey, { projectId: id, id: playlistId })
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const key = await keyOf(props)
  return pageTitle(async ({ api }) => (await api.playlist.byId.fetch(key)).name, "Playlist")
}

async function load({ api, client }: Answers, key: SequenceKey) {
  const { projectId, body, songIds } = await api.playlist.byId.fetch(key)
  const known = songIds.map((itemId) => ({ itemType: "song", projectId, itemId }) as const)
  return findBrokenItems(client, body, { projectId, folder: "playlists/" }, known)
}

export default async function PlaylistPage(props: Props) {
  const key = await keyOf(props)
  return (
    <Prefetched
      load={(answers) => load(answers, key)}
      draw={(state, broken) => <PlaylistView state={state} {...key} broken={broken} />}
    />
  )
}
