"use client"

import { api } from "#shared/api/trpc.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Part } from "#shared/ui/page.tsx"
import { Loading } from "#shared/ui/skeleton.tsx"
import { ClipGrid, ClipGridSkeleton } from "../card/clip-card.tsx"

/** The clips that sound the most like one, with their play buttons. */
export function ClipSimilar({ projectId, id }: { projectId: string; id: string }) {
  const query = api.clip.similar.useQuery({ projectId, id })
  const { data } = query
  return (
    <Part title="Sounds like this">
      {query.isPending && (
        <>
          <Loading what="clips that sound like this" />
          <ClipGridSkeleton count={4} />
        </>
      )}
      {query.isError && !data && <FailedQuery query={query} />}
      {data && data.items.length > 0 && <ClipGrid clips={data.items} busy={false} />}
      {data && data.items.length === 0 && (
        <p className="text-sm text-soft">
          {data.measured
            ? "No other clip that is measured sounds like it."
            : "Once its sound is measured, clips that sound like it are here."}
        </p>
      )}
    </Part>
  )
}
