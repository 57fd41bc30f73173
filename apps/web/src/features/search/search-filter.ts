import type { Inputs } from "@strudel-agent/client/client"
import { type SearchKind, searchKinds } from "@strudel-agent/contract/search/text"
import { type Params, textOf } from "#shared/url-state/search-params.ts"

/** Hits of one page. */
const pageSize = 30

const kindOf = (params: Params): SearchKind | undefined => searchKinds.find((kind) => kind === params.get("kind"))

/** What the search page asks for, read from its address. */
export function readSearch(params: Params) {
  const kind = kindOf(params)
  return {
    q: textOf(params, "q") ?? "",
    ...(kind ? { kinds: [kind] } : {}),
    limit: pageSize,
  } satisfies Inputs["search"]["query"]
}

/** What tells how many there are of each kind, whichever kind is shown. */
export const countsInput = (q: string) => ({ q, limit: 1 }) satisfies Inputs["search"]["query"]
