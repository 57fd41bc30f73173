import { SessionKey } from "@strudel-agent/contract/session"
import type { Metadata } from "next"
import { pageTitle } from "#shared/api/page-title.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { routeKey } from "#shared/api/route-key.ts"
import { openingInputs, openingOf } from "#shared/transcript/message-page.ts"
import { toParams } from "#shared/url-state/search-params.ts"
import { SessionView } from "../../islands.tsx"

export async function generateMetadata({ params }: PageProps<"/sessions/[id]">): Promise<Metadata> {
  const key = routeKey(SessionKey, await params)
  return pageTitle(async ({ api }) => (await api.session.byId.fetch(key)).displayName, "Session")
}

export default async function SessionPage({ params, searchParams }: PageProps<"/sessions/[id]">) {
  const { id } = routeKey(SessionKey, await params)
  const opening = openingOf(toParams(await searchParams))
  return (
    <Prefetched
      load={({ api }) =>
        Promise.all([
          api.session.byId.fetch({ id }),
          ...openingInputs(id, opening).map((input) => api.message.list.fetch(input)),
          api.memoryFile.list.prefetch({ sessionId: id }),
        ])
      }
      draw={(state) => <SessionView state={state} id={id} />}
    />
  )
}
