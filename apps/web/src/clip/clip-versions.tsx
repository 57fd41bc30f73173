"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { api } from "../api/trpc.ts"
import { FailedQuery } from "../ui/failed-query.tsx"
import { Link } from "../ui/link.tsx"
import { LoadMore } from "../ui/load-more.tsx"
import { Part } from "../ui/page.tsx"
import { Bone, Loading } from "../ui/skeleton.tsx"
import { Ago } from "../ui/time.tsx"
import { ClipPicture } from "./clip-picture.tsx"
import { partName } from "./metadata-words.ts"
import { historyInput } from "./version-inputs.ts"

type Version = Outputs["clip"]["history"]["items"][number]

const link = "underline decoration-line underline-offset-4 hover:text-ink hover:decoration-accent"

function Origin({ version: { sessionId, messageIndex, sessionName, preview } }: { version: Version }) {
  if (!sessionId) return <span className="text-faint">Made by hand</span>
  if (sessionName === null) return <span className="text-faint">From a session that is gone</span>
  return (
    <>
      <Link href={`/sessions/${sessionId}`} className={link}>
        {sessionName}
      </Link>
      {messageIndex !== null && (
        <Link
          href={`/sessions/${sessionId}?at=${messageIndex}#m-${messageIndex}`}
          className="mt-0.5 line-clamp-2 text-xs text-soft hover:text-ink hover:underline"
        >
          <span className="font-mono text-faint">#{messageIndex}</span> {preview ?? "message"}
        </Link>
      )}
    </>
  )
}

function Change({ change }: { change: Version["change"] }) {
  if (!change) return <span className="text-soft">made</span>
  const { lines, metadataKeys, renamed } = change
  const parts = [...(renamed ? ["name"] : []), ...metadataKeys.map(partName)]
  return (
    <>
      {lines === null && <span className="text-soft">rewritten</span>}
      {lines && lines.added + lines.removed > 0 && (
        <span className="font-mono tabular-nums">
          <span className="text-added">
            +{lines.added}
            <span className="sr-only"> lines added</span>
          </span>{" "}
          <span className="text-removed">
            −{lines.removed}
            <span className="sr-only"> lines removed</span>
          </span>
        </span>
      )}
      {parts.length > 0 && <span className="text-soft">{parts.join(", ")}</span>}
    </>
  )
}

/** The history of a clip, the newest version first: what each changed, when, and where it came from. */
export function ClipVersions({
  projectId,
  id,
  current,
  shown,
  onToggle,
}: {
  projectId: string
  id: string
  current: number
  /** The versions on show. */
  shown: number[]
  onToggle: (version: number) => void
}) {
  const query = api.clip.history.useInfiniteQuery(historyInput({ projectId, id }), {
    getNextPageParam: (page) => page.nextCursor,
  })
  const versions = query.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Part title="History" note={query.hasNextPage ? `${versions.length}+` : versions.length || undefined}>
      {query.isPending && (
        <>
          <Loading what="the history" />
          <Bone className="h-12 w-full" />
        </>
      )}
      {query.isError && !query.data && <FailedQuery query={query} />}
      {versions.length > 1 && (
        <p className="text-xs text-soft">
          Choose a version to compare it with the current one, or two to compare them.
        </p>
      )}
      <ol aria-label="Versions" className="flex flex-col text-sm">
        {versions.map((version) => (
          <li key={version.version} className="flex items-start gap-3 border-b border-line py-2.5 last:border-0">
            <button
              type="button"
              aria-pressed={shown.includes(version.version)}
              aria-label={`v${version.version}: compare this version`}
              onClick={() => onToggle(version.version)}
              className="h-7 min-w-11 shrink-0 rounded-md border border-line px-2 font-mono text-xs hover:border-edge aria-pressed:border-accent aria-pressed:bg-wash aria-pressed:text-accent"
            >
              v{version.version}
            </button>
            <div className="min-w-0 flex-1 leading-snug [overflow-wrap:anywhere]">
              <Origin version={version} />
              <p className="mt-1 flex flex-wrap items-baseline gap-x-2 text-xs">
                <Change change={version.change} />
                {version.version === current && <span className="text-accent">current</span>}
                <span className="ml-auto text-soft">
                  <Ago at={version.createdAt} />
                </span>
              </p>
              <ClipPicture clip={version} className="mt-1.5 h-7 w-40" />
            </div>
          </li>
        ))}
      </ol>
      <LoadMore pages={query} />
    </Part>
  )
}
