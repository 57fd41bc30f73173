import { ProjectKey } from "@strudel-agent/contract/project"
import type { Metadata } from "next"
import { sessionPartInput } from "#features/projects/project-inputs.ts"
import { pageTitle } from "#shared/api/page-title.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { routeKey } from "#shared/api/route-key.ts"
import type { Answers } from "#shared/api/server.ts"
import { partInput } from "#shared/items/project-inputs.ts"
import { findBrokenItems } from "#shared/markdown/broken-items.ts"
import { ProjectView } from "../../islands.tsx"

type Props = PageProps<"/projects/[id]">

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const key = routeKey(ProjectKey, await params)
  return pageTitle(async ({ api }) => (await api.project.byId.fetch(key)).name, "Project")
}

async function load({ api, client }: Answers, id: string) {
  const [project] = await Promise.all([
    api.project.byId.fetch({ id }),
    api.clip.cards.prefetchInfinite(partInput(id)),
    api.song.list.prefetchInfinite(partInput(id)),
    api.playlist.list.prefetchInfinite(partInput(id)),
    api.session.list.prefetch(sessionPartInput(id)),
  ])
  return findBrokenItems(client, project.description, { projectId: id, folder: "" }, [])
}

export default async function ProjectPage({ params }: Props) {
  const { id } = routeKey(ProjectKey, await params)
  return (
    <Prefetched
      load={(answers) => load(answers, id)}
      draw={(state, broken) => <ProjectView state={state} id={id} broken={broken} />}
    />
  )
}
