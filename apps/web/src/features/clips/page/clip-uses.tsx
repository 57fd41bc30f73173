"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { api } from "#shared/api/trpc.ts"
import { LoadMore } from "#shared/collection/load-more.tsx"
import { nextPage } from "#shared/collection/next-page.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Link } from "#shared/ui/link.tsx"
import { Part } from "#shared/ui/page.tsx"
import { Loading, SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { Ago } from "#shared/ui/time.tsx"
import { itemPath } from "#shared/url-state/item-link.ts"
import { clipSessionsInput } from "./clip-sessions-input.ts"

type Clip = Outputs["clip"]["byId"]

const link =
  "min-w-0 truncate underline decoration-line underline-offset-4 hover:decoration-accent pointer-coarse:min-h-11 pointer-coarse:content-center"

export const ClipSongs = ({ clip: { songs, projectId } }: { clip: Clip }) => (
  <Part title="In songs" note={songs.length || undefined}>
    {songs.length === 0 ? (
      <p className="text-sm text-soft">No song plays it yet.</p>
    ) : (
      <ul className="flex flex-col gap-1.5 text-sm">
        {songs.map(({ id, name }) => (
          <li key={id} className="flex">
            <Link href={itemPath({ itemType: "song", projectId, itemId: id })} className={link}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    )}
  </Part>
)

/** The sessions that are about a clip, the last active first. */
export function ClipSessions({ projectId, id }: { projectId: string; id: string }) {
  const query = api.session.list.useInfiniteQuery(clipSessionsInput({ projectId, id }), {
    ...nextPage,
  })
  const sessions = query.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Part title="Sessions about it" note={query.hasNextPage ? `${sessions.length}+` : sessions.length || undefined}>
      {query.isPending && (
        <>
          <Loading what="sessions" />
          <SkeletonBlock className="h-5 w-full" />
        </>
      )}
      {query.isError && !query.data && <FailedQuery query={query} />}
      {query.data && sessions.length === 0 && <p className="text-sm text-soft">No session was started about it.</p>}
      {sessions.length > 0 && (
        <ul className="flex flex-col gap-1.5 text-sm">
          {sessions.map((session) => (
            <li key={session.id} className="flex items-baseline justify-between gap-3">
              <Link href={`/sessions/${session.id}`} className={link}>
                {session.displayName}
              </Link>
              <span className="text-xs text-soft">
                <Ago at={session.lastActivity} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <LoadMore pages={query} />
    </Part>
  )
}
