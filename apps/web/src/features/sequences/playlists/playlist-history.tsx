"use client"

import { api } from "#shared/api/trpc.ts"
import { nextPage } from "#shared/collection/next-page.ts"
import { historyInput } from "#shared/versions/history-input.ts"
import { VersionList } from "#shared/versions/version-list.tsx"
import type { Listed } from "../page/sequence-page.tsx"

/** The history of a playlist. */
export function PlaylistHistory({ projectId, id, ...shown }: Listed) {
  const history = api.playlist.history.useInfiniteQuery(historyInput({ projectId, id }), {
    ...nextPage,
  })
  return <VersionList history={history} part="song" {...shown} />
}
