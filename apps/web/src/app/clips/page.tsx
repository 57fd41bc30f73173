import type { Metadata } from "next"
import { cookies } from "next/headers"
import {
  type ClipParams,
  cardsInput,
  groupFilter,
  groupInput,
  groupsAtOnce,
  lookCookie,
  readClipFilter,
  readClipSort,
  readLook,
  toClipParams,
} from "#features/clips/library/clip-filter.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import type { Answers } from "#shared/api/server.ts"
import { ClipLibrary } from "../islands.tsx"

export const metadata: Metadata = { title: "Clips" }

async function load({ api }: Answers, params: ClipParams, remembered: string | undefined) {
  const filter = readClipFilter(params)
  const sort = readClipSort(params)
  const { group: by } = readLook(params, remembered)
  const facets = api.clip.facets.prefetch(filter)
  const views = api.view.list.prefetch({ page: "clips" })
  const progress = api.clip.analysisProgress.prefetch()
  if (by === "none") {
    await Promise.all([facets, views, progress, api.clip.cards.fetchInfinite(cardsInput(filter, sort))])
    return
  }
  const groups = await api.clip.groups.fetch({ ...filter, by })
  const first = groups.items
    .slice(0, groupsAtOnce)
    .map(({ key }) => api.clip.cards.prefetch(groupInput(groupFilter(filter, by, key), sort)))
  await Promise.all([facets, views, progress, ...first])
}

export default async function Clips({ searchParams }: PageProps<"/clips">) {
  const params = toClipParams(await searchParams)
  const remembered = (await cookies()).get(lookCookie)?.value
  return (
    <Prefetched
      load={(answers) => load(answers, params, remembered)}
      draw={(state) => <ClipLibrary state={state} remembered={remembered} />}
    />
  )
}
