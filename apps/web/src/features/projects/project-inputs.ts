import type { Inputs } from "@strudel-agent/client/client"
import { keyOf, type Params, textOf } from "#shared/url-state/search-params.ts"

/** Projects of one page of the list. */
const pageSize = 50

/** What the list of projects asks for, read from the page's address. */
export const readProjectFilter = (params: Params) =>
  ({
    q: textOf(params, "q"),
    sort: keyOf(params, "sort", { name: true }),
    limit: pageSize,
  }) satisfies Inputs["project"]["list"]

/** What a project's page asks for of its sessions. */
export const sessionPartInput = (projectId: string) => ({ projectId, limit: 6 }) satisfies Inputs["session"]["list"]
