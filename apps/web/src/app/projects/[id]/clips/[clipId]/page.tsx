import { ClipKey } from "@strudel-agent/api/schema/clip"
import type { Metadata } from "next"
import { Prefetched } from "../../../../../api/prefetched.tsx"
import { routeKey } from "../../../../../api/route-key.ts"
import { getAnswers } from "../../../../../api/server.ts"
import { ClipView } from "../../../../../clip/clip-view.tsx"
import { versionsInput } from "../../../../../clip/version-inputs.ts"

type Props = PageProps<"/projects/[id]/clips/[clipId]">

async function keyOf({ params }: Props) {
  const { id, clipId } = await params
  return routeKey(ClipKey, { projectId: id, id: clipId })
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const clip = await getAnswers()
    .api.clip.byId.fetch(await keyOf(props))
    .catch(() => undefined)
  return { title: clip?.name ?? "Clip" }
}

export default async function ClipPage(props: Props) {
  const key = await keyOf(props)
  return (
    <Prefetched
      load={({ api }) =>
        Promise.all([api.clip.byId.fetch(key), api.clip.versions.prefetchInfinite(versionsInput(key))])
      }
      draw={() => <ClipView {...key} />}
    />
  )
}
