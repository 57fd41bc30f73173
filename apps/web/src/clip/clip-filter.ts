import type { ClipSort } from "@strudel-agent/api/schema/clip"
import type { Inputs } from "@strudel-agent/client/client"
import { keyOf, numberOf, type Params, textOf } from "../ui/search-params.ts"

export const sortNames: Record<ClipSort, string> = { updated: "Last changed", name: "Name" }

/** Clips of one page of the library. */
const pageSize = 36

/** What the library asks for, read from the page's address. */
export const readClipFilter = (params: Params) =>
  ({
    q: textOf(params, "q"),
    projectId: textOf(params, "project"),
    tag: textOf(params, "tag"),
    scale: textOf(params, "scale"),
    bpmMin: numberOf(params, "bpm_min"),
    bpmMax: numberOf(params, "bpm_max"),
    sort: keyOf(params, "sort", sortNames),
    limit: pageSize,
  }) satisfies Inputs["clip"]["list"]
