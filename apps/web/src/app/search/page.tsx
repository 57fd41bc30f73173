import type { Metadata } from "next"
import { countsInput, readSearch } from "#features/search/search-filter.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { toParams } from "#shared/url-state/search-params.ts"
import { SearchView } from "../islands.tsx"

export const metadata: Metadata = { title: "Search" }

export default async function Search({ searchParams }: PageProps<"/search">) {
  const input = readSearch(toParams(await searchParams))
  return (
    <Prefetched
      load={async ({ api }) => {
        if (input.q === "") return
        await Promise.all([api.search.query.fetchInfinite(input), api.search.query.prefetch(countsInput(input.q))])
      }}
      draw={(state) => <SearchView state={state} />}
    />
  )
}
