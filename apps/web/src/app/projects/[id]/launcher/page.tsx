import { ProjectKey } from "@strudel-agent/contract/project"
import type { Metadata } from "next"
import { padsInput } from "#features/launcher/pads-input.ts"
import { pageTitle } from "#shared/api/page-title.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { routeKey } from "#shared/api/route-key.ts"
import { LauncherView } from "../../../islands.tsx"

type Props = PageProps<"/projects/[id]/launcher">

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const key = routeKey(ProjectKey, await params)
  return pageTitle(async ({ api }) => `Launcher · ${(await api.project.byId.fetch(key)).name}`, "Launcher")
}

export default async function LauncherPage({ params }: Props) {
  const { id } = routeKey(ProjectKey, await params)
  return (
    <Prefetched
      load={({ api }) => Promise.all([api.project.byId.fetch({ id }), api.clip.cards.prefetchInfinite(padsInput(id))])}
      draw={(state) => <LauncherView state={state} id={id} />}
    />
  )
}
