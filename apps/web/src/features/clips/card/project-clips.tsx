"use client"

import { AudioWaveformIcon } from "lucide-react"
import { api } from "#shared/api/trpc.ts"
import { clipKey } from "#shared/clip/clip-list.ts"
import { nextPage } from "#shared/collection/next-page.ts"
import { PagedList } from "#shared/collection/paged-list.tsx"
import { partInput } from "#shared/items/project-inputs.ts"
import { Empty } from "#shared/ui/empty.tsx"
import { ClipGrid, ClipGridSkeleton } from "./clip-card.tsx"

/** The clips of a project, on its page. */
export function ProjectClips({ projectId }: { projectId: string }) {
  const query = api.clip.cards.useInfiniteQuery(partInput(projectId), nextPage)
  return (
    <PagedList
      query={query}
      what="clip"
      skeleton={<ClipGridSkeleton />}
      empty={
        <Empty icon={AudioWaveformIcon} title="No clips yet">
          A clip is a piece of Strudel code. Write one with New clip, or drop files of code here.
        </Empty>
      }
      keyOf={clipKey}
      draw={(clips, busy) => <ClipGrid clips={clips} busy={busy} showProject={false} />}
    />
  )
}
