"use client"

import { searchPattern } from "@strudel-agent/contract/search/highlight"
import { parseSearchText } from "@strudel-agent/contract/search/text"
import { keepPreviousData } from "@tanstack/react-query"
import { SearchIcon, SearchXIcon } from "lucide-react"
import { useSearchParams } from "next/navigation"
import { api } from "#shared/api/trpc.ts"
import { PillField, SearchField } from "#shared/collection/filter-fields.tsx"
import { FilterForm } from "#shared/collection/filter-form.tsx"
import { nextPage } from "#shared/collection/next-page.ts"
import { PagedList } from "#shared/collection/paged-list.tsx"
import { RowList, RowListSkeleton } from "#shared/collection/row-list.tsx"
import { Empty } from "#shared/ui/empty.tsx"
import { Page, PageTitle } from "#shared/ui/page.tsx"
import { withChanges } from "#shared/url-state/address.ts"
import { AddressLink } from "#shared/url-state/address-link.tsx"
import { formatNumber } from "#shared/words/count.ts"
import { FilterHelp } from "./filter-help.tsx"
import { HitRow } from "./hit-row.tsx"
import { kinds } from "./kinds.ts"
import { countsInput, readSearch } from "./search-filter.ts"
import { useOffered } from "./use-offered.ts"

function Hits() {
  const input = readSearch(useSearchParams())
  const query = api.search.query.useInfiniteQuery(input, {
    ...nextPage,
    placeholderData: keepPreviousData,
    enabled: input.q !== "",
    trpc: { abortOnUnmount: true },
  })
  const pattern = searchPattern(parseSearchText(input.q).text, true)
  if (input.q === "") {
    return (
      <Empty icon={SearchIcon} title="Everything you and your agents made and said">
        <FilterHelp />
      </Empty>
    )
  }
  return (
    <PagedList
      query={query}
      what="hit"
      skeleton={<RowListSkeleton />}
      empty={
        <Empty icon={SearchXIcon} title="Nothing is found">
          <FilterHelp />
        </Empty>
      }
      draw={(hits, busy) => (
        <RowList busy={busy}>
          {hits.map((hit) => (
            <HitRow key={`${hit.kind} ${hit.projectId} ${hit.id}`} hit={hit} pattern={pattern} />
          ))}
        </RowList>
      )}
    />
  )
}

/** The kinds with how many there are of each, as far as was looked. */
function Kinds() {
  const { q } = readSearch(useSearchParams())
  const { data } = api.search.query.useQuery(countsInput(q), { enabled: q !== "", placeholderData: keepPreviousData })
  const counts = q === "" ? undefined : data?.counts
  const label = (name: string, kind: (typeof kinds)[number]["kind"]) => {
    const found = counts?.[kind]
    return found ? `${name} ${formatNumber(found.count)}${found.more ? "+" : ""}` : name
  }
  return (
    <div className="relative max-w-full overflow-x-auto rounded-md [scrollbar-width:none] [&_label]:shrink-0 [&_label]:whitespace-nowrap [&>fieldset]:w-max">
      <PillField
        name="kind"
        label="What to find"
        choices={[
          { value: "", label: "All" },
          ...kinds.map(({ kind, name }) => ({ value: kind, label: label(name, kind) })),
        ]}
      />
    </div>
  )
}

/** What the filter that the text ends with may become. */
function Offers() {
  const params = useSearchParams()
  const offered = useOffered(params.get("q") ?? "")
  if (offered.length === 0) return null
  return (
    <ul aria-label="Filters that begin so" className="flex flex-wrap gap-1.5">
      {offered.map(({ label, count, text }) => (
        <li key={text}>
          <AddressLink
            search={withChanges(params.toString(), { q: text })}
            className="block rounded-full border border-line bg-panel px-2.5 font-mono text-xs/6 text-soft hover:border-edge hover:text-ink"
          >
            {label}
            {count !== undefined && <span className="text-faint"> {count}</span>}
          </AddressLink>
        </li>
      ))}
    </ul>
  )
}

/** The page of a search: its text, the kinds, and everything that is found. */
export const SearchView = () => (
  <Page>
    <PageTitle title="Search" />
    <FilterForm label="Search">
      <SearchField name="q" label="Words, a name, code, or filters such as tag:acid" />
      <Kinds />
    </FilterForm>
    <Offers />
    <Hits />
  </Page>
)
