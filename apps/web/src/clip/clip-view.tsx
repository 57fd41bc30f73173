"use client"

import { api } from "../api/trpc.ts"
import { FailedQuery } from "../ui/failed-query.tsx"
import { ItemSkeleton } from "../ui/item-skeleton.tsx"
import { ClipPage } from "./clip-page.tsx"

/** The page of one clip, in each of its states. */
export function ClipView({ projectId, id }: { projectId: string; id: string }) {
  const query = api.clip.byId.useQuery({ projectId, id })
  if (query.isPending) return <ItemSkeleton what="the clip" />
  if (!query.data) return <FailedQuery query={query} />
  return <ClipPage key={`${projectId}/${id}`} clip={query.data} />
}
