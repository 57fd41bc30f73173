"use client"

import type { ClipFacets } from "@strudel-agent/contract/clip/bulk"
import { LoadMore } from "#shared/collection/load-more.tsx"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Loading } from "#shared/ui/skeleton.tsx"
import { countOf } from "#shared/words/count.ts"
import { ClipGridSkeleton } from "../card/clip-card.tsx"
import type { ClipAddress } from "./clip-address.ts"
import { ClipBoard } from "./clip-board.tsx"
import { NoClips } from "./clip-empty.tsx"
import { ClipRowsSkeleton } from "./clip-rows.tsx"
import { areWhole, useFlatSections, useGroupSections } from "./clip-sections.ts"

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

/** All clips that fit, one page after another. */
export function FlatResults({ address, facets, onNew }: Props) {
  const { query, sections, onDrawn } = useFlatSections(address)
  if (query.isPending) return <Waiting address={address} />
  if (!query.data) return <FailedQuery query={query} />
  const count = query.data.pages.reduce((sum, { items }) => sum + items.length, 0)
  const ready = query.hasNextPage && !query.isFetching && !query.isFetchNextPageError
  return (
    <ClipBoard
      sections={sections}
      complete={!query.hasNextPage}
      busy={query.isPlaceholderData}
      address={address}
      facets={facets}
      onDrawn={onDrawn}
      readOn={ready ? query.fetchNextPage : undefined}
      empty={<NoClips address={address} onNew={onNew} />}
    >
      <p role="status" className="sr-only">
        {countOf(count, "clip")} shown{query.hasNextPage ? ", more follow" : ""}
      </p>
      <LoadMore pages={query} />
    </ClipBoard>
  )
}

/** The clips that fit, by project or tag. */
export function GroupedResults({ address, facets, onNew, by }: Props & { by: "project" | "tag" }) {
  const { query, sections, onDrawn } = useGroupSections({ ...address, by })
  if (query.isPending) return <Waiting address={address} />
  if (!query.data || (query.error && sections.every(({ rows }) => rows === undefined))) {
    return <FailedQuery query={query} />
  }
  return (
    <ClipBoard
      sections={sections}
      complete={areWhole(sections)}
      busy={query.isPlaceholderData}
      address={address}
      facets={facets}
      onDrawn={onDrawn}
      empty={<NoClips address={address} onNew={onNew} />}
    >
      <p role="status" className="sr-only">
        {countOf(sections.length, "group")} shown
      </p>
    </ClipBoard>
  )
}
