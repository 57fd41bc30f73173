"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { api } from "../api/trpc.ts"
import { FailedQuery } from "../ui/failed-query.tsx"
import { Link } from "../ui/link.tsx"
import { LoadMore } from "../ui/load-more.tsx"
import { Part } from "../ui/page.tsx"
import { Bone, Loading } from "../ui/skeleton.tsx"
import { Ago } from "../ui/time.tsx"
import { versionsInput } from "./version-inputs.ts"

type Version = Outputs["clip"]["versions"]["items"][number]

function Origin({ version: { sessionId, messageIndex } }: { version: Version }) {
  if (!sessionId) return <span className="text-faint">made by hand</span>
  const shape = "underline decoration-line underline-offset-4 hover:decoration-accent"
  if (messageIndex === null) {
    return (
      <Link href={`/sessions/${sessionId}`} className={shape}>
        from a session
      </Link>
    )
  }
  return (
    <Link href={`/sessions/${sessionId}?at=${messageIndex}#m-${messageIndex}`} className={shape}>
      from message #{messageIndex}
    </Link>
  )
}

/** The versions of a clip, the newest first, each with where it came from. */
export function ClipVersions({
  projectId,
  id,
  shown,
  onShow,
}: {
  projectId: string
  id: string
  /** The version on show. */
  shown: number
  onShow: (version: Version) => void
}) {
  const query = api.clip.versions.useInfiniteQuery(versionsInput({ projectId, id }), {
    getNextPageParam: (page) => page.nextCursor,
  })
  const versions = query.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Part title="Versions" note={query.hasNextPage ? `${versions.length}+` : versions.length || undefined}>
      {query.isPending && (
        <>
          <Loading what="versions" />
          <Bone className="h-12 w-full" />
        </>
      )}
      {query.isError && !query.data && <FailedQuery query={query} />}
      <ol className="relative flex flex-col text-sm">
        {versions.map((version) => (
          <li
            key={version.version}
            className="relative flex items-center gap-3 border-b border-line py-2 last:border-0"
          >
            <button
              type="button"
              aria-pressed={version.version === shown}
              aria-label={`v${version.version}: show this version`}
              onClick={() => onShow(version)}
              className="h-7 min-w-11 rounded-md border border-line px-2 font-mono text-xs hover:border-edge aria-pressed:border-accent aria-pressed:bg-wash aria-pressed:text-accent"
            >
              v{version.version}
            </button>
            <span className="min-w-0 flex-1 truncate text-soft">
              <Origin version={version} />
            </span>
            <span className="text-xs text-soft">
              <Ago at={version.createdAt} />
            </span>
          </li>
        ))}
      </ol>
      <LoadMore pages={query} />
    </Part>
  )
}
