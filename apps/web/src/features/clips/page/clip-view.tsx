"use client"

import { api } from "#shared/api/trpc.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { ItemSkeleton } from "#shared/ui/item-skeleton.tsx"
import { ClipPage } from "./clip-page.tsx"

/** The page of one clip, in each of its states. */
export function ClipView({ projectId, id }: { projectId: string; id: string }) {
  const query = api.clip.byId.useQuery({ projectId, id })
  if (query.isPending) return <ItemSkeleton what="the clip" />
  if (!query.data) return <FailedQuery query={query} />
  return <ClipPage key={`${projectId}/${id}`} clip={query.data} />
}
