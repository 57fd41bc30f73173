"use client"

import type { Outputs } from "@strudel-agent/client/client"
import type { ComponentType } from "react"
import { api } from "#shared/api/trpc.ts"
import { Link } from "#shared/ui/link.tsx"
import { Fact, Facts, Part } from "#shared/ui/page.tsx"
import { TagLink } from "#shared/ui/tag.tsx"
import { Ago, Moment } from "#shared/ui/time.tsx"
import { formatNumber } from "#shared/words/count.ts"
import { sessionTags } from "../facts/session-facts.ts"
import { SessionItem } from "../facts/session-item.tsx"
import { StatusSign } from "../facts/status-sign.tsx"
import { forkOrigin } from "./fork-origin.ts"
import { MemoryFiles } from "./memory-files.tsx"
import { SessionCosts } from "./session-costs.tsx"

/** Where a fork came from, as a link by the name of that session. */
function Origin({ sessionId, messageIndex }: { sessionId: string; messageIndex: number }) {
  const source = api.session.byId.useQuery({ id: sessionId })
  if (source.isError) return <span>a session that is gone, at message {messageIndex}</span>
  return (
    <Link
      href={`/sessions/${sessionId}?at=${messageIndex}#m-${messageIndex}`}
      className="underline decoration-line underline-offset-4 hover:decoration-accent"
    >
      {source.data?.displayName ?? "another session"} at message {messageIndex}
    </Link>
  )
}

/** What is known of a session besides what was said in it. */
export function SessionPanel({
  session,
  ClipsAt,
}: {
  session: Outputs["session"]["byId"]
  /** The clips as the session had left them at a message. */
  ClipsAt: ComponentType<{ sessionId: string; messageIndex: number }>
}) {
  const tags = sessionTags(session.metadata)
  const origin = forkOrigin(session.metadata)
  return (
    <div className="flex flex-col gap-8 p-5">
      <Part title="About">
        <Facts>
          <Fact name="Status">
            <StatusSign status={session.status} />
          </Fact>
          <Fact name="Item">
            <SessionItem session={session} />
          </Fact>
          {session.projectId && (
            <Fact name="Project">
              <Link
                href={`/projects/${encodeURIComponent(session.projectId)}`}
                className="underline decoration-line underline-offset-4 hover:decoration-accent"
              >
                {session.projectId}
              </Link>
            </Fact>
          )}
          {origin && (
            <Fact name="Forked from">
              <Origin {...origin} />
            </Fact>
          )}
          <Fact name="Agent">{session.agentName}</Fact>
          <Fact name="Model">{session.modelName ?? "–"}</Fact>
          <Fact name="Provider">{session.provider ?? "–"}</Fact>
          <Fact name="Messages">{formatNumber(session.messageCount)}</Fact>
          <SessionCosts sessionId={session.id} />
          <Fact name="Begun">
            <Moment at={session.createdAt} />
          </Fact>
          <Fact name="Last active">
            <Ago at={session.lastActivity} />
          </Fact>
        </Facts>
        {tags.length > 0 && (
          <ul aria-label="Tags" className="flex flex-wrap gap-1">
            {[...new Set(tags)].map((tag) => (
              <li key={tag}>
                <TagLink tag={tag} list="/sessions" />
              </li>
            ))}
          </ul>
        )}
      </Part>
      {origin && (
        <Part title="Clips where it was forked">
          <ClipsAt sessionId={session.id} messageIndex={origin.messageIndex} />
        </Part>
      )}
      <MemoryFiles sessionId={session.id} />
    </div>
  )
}
