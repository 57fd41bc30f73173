"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { PlusIcon, SlidersHorizontalIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { ImportButton } from "#shared/import-request/import-button.tsx"
import { useActions } from "#shared/keyboard/actions.ts"
import { SavedViews } from "#shared/saved-views/saved-views.tsx"
import { Button } from "#shared/ui/button.tsx"
import { PageTitle } from "#shared/ui/page.tsx"
import { formatNumber } from "#shared/words/count.ts"
import { type ClipAddress, useClipAddress } from "./clip-address.ts"
import { activeFilters } from "./clip-filter.ts"
import { ClipFilters } from "./clip-filters.tsx"
import { FlatResults, GroupedResults } from "./clip-results.tsx"
import { ActiveFilters, ClipToolbar } from "./clip-toolbar.tsx"

const NewClipDialog = onDemand(() => import("../new/clip-new-dialog.tsx").then((part) => part.NewClipDialog))

function useFacets({ filter }: ClipAddress) {
  return api.clip.facets.useQuery(filter, { placeholderData: keepPreviousData }).data
}

/** How many clips there are, and how much of their code the server has yet to listen to: read again with every change. */
function useNote(facets: ReturnType<typeof useFacets>): string | undefined {
  const pending = api.clip.analysisProgress.useQuery().data?.pending ?? 0
  const total = facets?.projects.reduce((sum, { count }) => sum + count, 0) ?? 0
  if (total === 0) return undefined
  const count = `${formatNumber(total)} in ${formatNumber(facets?.projects.length ?? 0)} projects`
  return pending > 0 ? `${count} · listening to ${formatNumber(pending)}` : count
}

/** The page of all clips. */
export function ClipLibrary({ remembered }: { remembered: string | undefined }) {
  const address = useClipAddress(remembered)
  const facets = useFacets(address)
  const wantsNew = useSearchParams().get("new") !== null
  const [filtersOpen, setFiltersOpen] = useState(false)
  const onNew = () => address.go({ new: "1" })
  useActions([{ id: "clip-new", name: "New clip", keys: "n", group: "Clips", run: onNew }])

  const projectName = (id: string) => facets?.projects.find(({ projectId }) => projectId === id)?.name ?? id
  const set = activeFilters(address.filter, projectName).length
  const note = useNote(facets)
  const { group } = address.look
  return (
    <div className="mx-auto flex w-full max-w-[100rem] flex-col gap-5 px-4 pt-6 pb-28 md:px-8 md:pt-9 md:pb-24">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <PageTitle title="Clips" note={note} />
        <div className="flex gap-2">
          <ImportButton />
          <Button aria-keyshortcuts="N" title="New clip (N)" onClick={onNew}>
            <PlusIcon aria-hidden="true" />
            New clip
          </Button>
        </div>
      </div>
      <SavedViews page="clips" />
      <div className="grid items-start gap-x-8 gap-y-5 lg:grid-cols-[14.5rem_minmax(0,1fr)]">
        <button
          type="button"
          aria-expanded={filtersOpen}
          aria-controls="clip-filters"
          onClick={() => setFiltersOpen(!filtersOpen)}
          className="flex h-9 items-center gap-2 justify-self-start rounded-md border border-line bg-panel px-3 text-sm text-soft hover:border-edge hover:text-ink lg:hidden"
        >
          <SlidersHorizontalIcon className="size-4" aria-hidden="true" />
          Filters
          {set > 0 && (
            <span className="rounded-full bg-accent px-1.5 font-mono text-xs/4.5 text-on-accent">
              {set}
              <span className="sr-only"> set</span>
            </span>
          )}
        </button>
        <section
          id="clip-filters"
          aria-label="Filters"
          className={`min-w-0 lg:sticky lg:top-6 lg:block lg:max-h-[calc(100dvh-3rem)] lg:overflow-y-auto lg:overscroll-contain lg:p-1 lg:-m-1 ${filtersOpen ? "" : "hidden"}`}
        >
          <ClipFilters address={address} facets={facets} />
        </section>
        <div className="flex min-w-0 flex-col gap-4">
          <ClipToolbar address={address} />
          <ActiveFilters address={address} projectName={projectName} />
          <h2 className="sr-only">Found</h2>
          {group === "none" ? (
            <FlatResults address={address} facets={facets} onNew={onNew} />
          ) : (
            <GroupedResults key={group} by={group} address={address} facets={facets} onNew={onNew} />
          )}
        </div>
      </div>
      {wantsNew && <NewClipDialog projectId={address.filter.projectId} onClose={() => address.go({ new: null })} />}
    </div>
  )
}
