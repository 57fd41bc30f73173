import { ClipKey } from "@strudel-agent/contract/clip"
import type { Metadata } from "next"
import { clipSessionsInput } from "#features/clips/page/clip-sessions-input.ts"
import { pageTitle } from "#shared/api/page-title.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { routeKey } from "#shared/api/route-key.ts"
import { toParams } from "#shared/url-state/search-params.ts"
import { historyInput } from "#shared/versions/history-input.ts"
import { readShownVersions } from "#shared/versions/shown-versions.ts"
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
  const [key, search] = await Promise.all([keyOf(props), props.searchParams])
  return (
    <Prefetched
      load={({ api }) =>
        Promise.all([
          api.clip.byId.fetch(key),
          api.clip.history.prefetchInfinite(historyInput(key)),
          api.session.list.prefetchInfinite(clipSessionsInput(key)),
          ...readShownVersions(toParams(search)).map((version) => api.clip.version.prefetch({ ...key, version })),
        ])
      }
      draw={(state) => <ClipView state={state} {...key} />}
    />
  )
}
