"use client"

import type { ComponentProps } from "react"
import { api } from "#shared/api/trpc.ts"
import { nextPage } from "#shared/collection/next-page.ts"
import { historyInput } from "#shared/versions/history-input.ts"
import { VersionList } from "#shared/versions/version-list.tsx"

type Shown = Pick<ComponentProps<typeof VersionList>, "current" | "shown" | "onToggle">

/** The history of a playlist. */
export function PlaylistHistory({ projectId, id, ...shown }: Shown & { projectId: string; id: string }) {
  const history = api.playlist.history.useInfiniteQuery(historyInput({ projectId, id }), {
    ...nextPage,
  })
  return <VersionList history={history} part="song" {...shown} />
}
