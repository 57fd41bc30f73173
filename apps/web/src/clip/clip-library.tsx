"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { AudioWaveformIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { api } from "../api/trpc.ts"
import { Empty } from "../ui/empty.tsx"
import { Link } from "../ui/link.tsx"
import { Page, PageTitle } from "../ui/page.tsx"
import { PagedList } from "../ui/paged-list.tsx"
import { ClipGrid, ClipGridSkeleton } from "./clip-card.tsx"
import { readClipFilter } from "./clip-filter.ts"
import { ClipFilters } from "./clip-filters.tsx"

function NoClips({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty icon={AudioWaveformIcon} title="No clip fits these filters">
        <Link href="/clips" className="text-accent underline underline-offset-4">
          Show all clips
        </Link>
      </Empty>
    )
  }
  return (
    <Empty icon={AudioWaveformIcon} title="No clips yet">
      A clip is a piece of Strudel code. Agents write them while you talk; the command line imports a folder of them.
    </Empty>
  )
}

function Cards() {
  const { limit, sort, ...filter } = readClipFilter(useSearchParams())
  const query = api.clip.list.useInfiniteQuery(
    { ...filter, sort, limit },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  )
  return (
    <PagedList
      query={query}
      what="clip"
      skeleton={<ClipGridSkeleton />}
      empty={<NoClips filtered={Object.values(filter).some((value) => value !== undefined)} />}
      draw={(clips, busy) => <ClipGrid clips={clips} busy={busy} />}
    />
  )
}

/** The page of all clips. */
export const ClipLibrary = () => (
  <Page>
    <PageTitle title="Clips" />
    <ClipFilters />
    <h2 className="sr-only">Found</h2>
    <Cards />
  </Page>
)
