"use client"

import { FileIcon, StarIcon } from "lucide-react"
import { api } from "#shared/api/trpc.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Part } from "#shared/ui/page.tsx"
import { Loading, SkeletonBlock } from "#shared/ui/skeleton.tsx"

/** The memory files that a session works with. */
export function MemoryFiles({ sessionId }: { sessionId: string }) {
  const query = api.memoryFile.list.useQuery({ sessionId })
  return (
    <Part title="Memory files" note={query.data?.length}>
      {query.isPending && (
        <>
          <Loading what="memory files" />
          <SkeletonBlock className="h-4 w-40" />
        </>
      )}
      {query.isError && !query.data && <FailedQuery query={query} />}
      {query.data?.length === 0 && <p className="text-sm text-soft">None were loaded.</p>}
      {query.data && query.data.length > 0 && (
        <ul className="flex flex-col gap-2 text-sm">
          {query.data.map(({ filePath, isPrimary, loaded }) => (
            <li key={filePath} className="flex items-start gap-2">
              {isPrimary ? (
                <StarIcon className="mt-0.5 size-4 shrink-0 fill-accent text-accent" aria-hidden="true" />
              ) : (
                <FileIcon className="mt-0.5 size-4 shrink-0 text-faint" aria-hidden="true" />
              )}
              <span className="min-w-0">
                <span className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{filePath}</span>
                <span className="block text-xs text-soft">
                  {[isPrimary && "primary", loaded ? "loaded" : "not loaded"].filter(Boolean).join(" · ")}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}
