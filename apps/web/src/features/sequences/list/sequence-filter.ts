import type { Inputs } from "@strudel-agent/client/client"
import { keyOf, type Params, textOf } from "#shared/url-state/search-params.ts"

/** Songs or playlists of one page of their list. */
const pageSize = 50

/** What the list of songs or playlists asks for, read from the page's address. */
export const readSequenceFilter = (params: Params) =>
  ({
    q: textOf(params, "q"),
    projectId: textOf(params, "project"),
    sort: keyOf(params, "sort", { name: true }),
    limit: pageSize,
  }) satisfies Inputs["song"]["list"] & Inputs["playlist"]["list"]
