import type { Inputs } from "@strudel-agent/client/client"
import { keyOf, type Params, textOf } from "#shared/url-state/search-params.ts"

/** Playlists of one page of the list. */
const pageSize = 50

/** What the list of playlists asks for, read from the page's address. */
export const readPlaylistFilter = (params: Params) =>
  ({
    q: textOf(params, "q"),
    projectId: textOf(params, "project"),
    sort: keyOf(params, "sort", { name: true }),
    limit: pageSize,
  }) satisfies Inputs["playlist"]["list"]
