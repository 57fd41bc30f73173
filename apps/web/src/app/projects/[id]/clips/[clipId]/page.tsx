import { ClipKey } from "@strudel-agent/api/schema/clip"
import type { Metadata } from "next"
import { pageTitle } from "../../../../../api/page-title.ts"
import { Prefetched } from "../../../../../api/prefetched.tsx"
import { routeKey } from "../../../../../api/route-key.ts"
import { versionsInput } from "../../../../../clip/version-inputs.ts"
import { ClipView } from "../../../../islands.tsx"

type Props = PageProps<"/projects/[id]/clips/[clipId]">

async function keyOf({ params }: Props) {
  const { id, clipId } = await params
  return routeKey(ClipKey, { projectId: id, id: clipId })
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const key = await keyOf(props)
  return pageTitle(async ({ api }) => (await api.clip.byId.fetch(key)).name, "Clip")
}

export default async function ClipPage(props: Props) {
  const key = await keyOf(props)
  return (
    <Prefetched
      load={({ api }) =>
        Promise.all([api.clip.byId.fetch(key), api.clip.versions.prefetchInfinite(versionsInput(key))])
      }
      draw={(state) => <ClipView state={state} {...key} />}
    />
  )
}
