"use client"

import { api } from "#shared/api/trpc.ts"
import { Link } from "#shared/ui/link.tsx"
import { Ago } from "#shared/ui/time.tsx"
import { countOf } from "#shared/words/count.ts"
import { sessionPartInput } from "./project-inputs.ts"

/** The sessions of a project that were active last. */
export function ProjectSessions({ id }: { id: string }) {
  const { data } = api.session.list.useQuery(sessionPartInput(id))
  return (
    <>
      {data?.items.length === 0 && (
        <p className="text-sm text-soft">No session is about it yet. Start one for your agent, or to write notes.</p>
      )}
      <ul className="flex flex-col">
        {(data?.items ?? []).map(({ id: sessionId, displayName, messageCount, lastActivity }) => (
          <li
            key={sessionId}
            className="group relative flex items-baseline gap-3 border-b border-line py-2 text-sm hover:bg-panel"
          >
            <Link
              href={`/sessions/${sessionId}`}
              className="min-w-0 flex-1 truncate after:absolute after:inset-0 group-hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {displayName}
            </Link>
            <span className="text-xs text-soft">{countOf(messageCount, "message")}</span>
            <span className="relative z-1 text-xs text-faint">
              <Ago at={lastActivity} />
            </span>
          </li>
        ))}
      </ul>
      {data?.nextCursor && (
        <Link
          href={`/sessions?project=${encodeURIComponent(id)}`}
          className="text-sm text-accent underline underline-offset-4"
        >
          All sessions of this project
        </Link>
      )}
    </>
  )
}
