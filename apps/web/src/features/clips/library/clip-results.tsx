"use client"

import type { ClipFacets } from "@strudel-agent/contract/clip-bulk"
import { useEffect, useRef } from "react"
import { LoadMore } from "#shared/collection/load-more.tsx"
import { useNear } from "#shared/collection/use-near.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Loading } from "#shared/ui/skeleton.tsx"
import { countOf } from "#shared/words/count.ts"
import { ClipGridSkeleton } from "../card/clip-card.tsx"
import type { ClipAddress } from "./clip-address.ts"
import { ClipBoard } from "./clip-board.tsx"
import { NoClips } from "./clip-empty.tsx"
import { ClipRowsSkeleton } from "./clip-rows.tsx"
import { useFlatSections, useGroupSections } from "./clip-sections.ts"

interface Props {
  address: ClipAddress
  facets: ClipFacets | undefined
  onNew: () => void
}

const Waiting = ({ address: { look } }: Pick<Props, "address">) => (
  <>
    <Loading what="clips" />
    {look.view === "cards" ? <ClipGridSkeleton /> : <ClipRowsSkeleton />}
  </>
)

/** What is shown is read from its top where it is another list. */
function useFromTheTop(reset: string) {
  const former = useRef(reset)
  useEffect(() => {
    if (former.current === reset) return
    former.current = reset
    if (window.scrollY > 0) window.scrollTo({ top: 0 })
  }, [reset])
}

function resetOf({ filter, sort, look }: ClipAddress): string {
  return JSON.stringify([filter, sort, look.group])
}

/** All clips that fit, one page after another. */
export function FlatResults({ address, facets, onNew }: Props) {
  const { filter, sort } = address
  const { query, sections } = useFlatSections({ filter, sort })
  const reset = query.isPlaceholderData ? "on its way" : resetOf(address)
  useFromTheTop(resetOf(address))
  const end = useRef<HTMLDivElement>(null)
  useNear(end, () => void query.fetchNextPage(), query.hasNextPage && !query.isFetching && !query.isFetchNextPageError)
  if (query.isPending) return <Waiting address={address} />
  if (!query.data) return <FailedQuery query={query} />
  const count = query.data.pages.reduce((sum, { items }) => sum + items.length, 0)
  return (
    <ClipBoard
      sections={sections}
      reset={reset}
      busy={query.isPlaceholderData}
      address={address}
      facets={facets}
      empty={<NoClips address={address} onNew={onNew} />}
    >
      <p role="status" className="sr-only">
        {countOf(count, "clip")} shown{query.hasNextPage ? ", more follow" : ""}
      </p>
      <div ref={end}>
        <LoadMore pages={query} />
      </div>
    </ClipBoard>
  )
}

/** The clips that fit, by project or tag. */
export function GroupedResults({ address, facets, onNew, by }: Props & { by: "project" | "tag" }) {
  const { filter, sort } = address
  const { query, sections, onNear } = useGroupSections({ filter, sort, by })
  useFromTheTop(resetOf(address))
  if (query.isPending) return <Waiting address={address} />
  if (!query.data || (query.error && sections.every(({ clips }) => clips === undefined))) {
    return <FailedQuery query={query} />
  }
  return (
    <ClipBoard
      sections={sections}
      reset={query.isPlaceholderData ? "on its way" : resetOf(address)}
      busy={query.isPlaceholderData}
      address={address}
      facets={facets}
      onNear={onNear}
      empty={<NoClips address={address} onNew={onNew} />}
    >
      <p role="status" className="sr-only">
        {countOf(sections.length, "group")} shown
      </p>
    </ClipBoard>
  )
}
