import { hasEnded } from "@strudel-agent/contract/run/fold"
import { SessionKey } from "@strudel-agent/contract/session"
import type { Metadata } from "next"
import { pageTitle } from "#shared/api/page-title.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { routeKey } from "#shared/api/route-key.ts"
import type { Answers } from "#shared/api/server.ts"
import { openingInputs, openingOf } from "#shared/transcript/message-page.ts"
import { newestRuns, stagedChanges } from "#shared/transcript/run-inputs.ts"
import { toParams } from "#shared/url-state/search-params.ts"
import { SessionView } from "../../islands.tsx"

export async function generateMetadata({ params }: PageProps<"/sessions/[id]">): Promise<Metadata> {
  const key = routeKey(SessionKey, await params)
  return pageTitle(async ({ api }) => (await api.session.byId.fetch(key)).displayName, "Session")
}

/** What the agent is at in a session, and what of it waits for a person. */
async function readRuns(api: Answers["api"], sessionId: string): Promise<void> {
  const { runs } = await api.run.list.fetch(newestRuns(sessionId))
  const [last] = runs
  if (!last) return
  const { number, state, messageIndex } = last
  const isAtEnd = !hasEnded(state) || messageIndex === null
  await Promise.all([
    api.run.costs.prefetch({ by: "session", sessionId }),
    api.run.changes.prefetch(stagedChanges(sessionId)),
    api.run.changes.prefetch({ sessionId, number }),
    isAtEnd && api.run.byNumber.prefetch({ sessionId, number }),
  ])
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
          readRuns(api, id),
          api.agent.status.prefetch(),
        ])
      }
      draw={(state) => <SessionView state={state} id={id} />}
    />
  )
}
