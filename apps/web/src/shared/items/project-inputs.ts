import { limits } from "@strudel-agent/api/schema/limits"
import type { Inputs } from "@strudel-agent/client/client"
import { keyOf, type Params, textOf } from "#shared/url-state/search-params.ts"

/** What the choice of a project asks for. */
export const projectChoicesInput = { limit: limits.page.max } satisfies Inputs["project"]["list"]

/** Projects of one page of the list. */
const pageSize = 50

/** What the list of projects asks for, read from the page's address. */
export const readProjectFilter = (params: Params) =>
  ({
    q: textOf(params, "q"),
    sort: keyOf(params, "sort", { name: true }),
    limit: pageSize,
  }) satisfies Inputs["project"]["list"]

/** Items of each kind that a project's page shows at first. */
const partSize = 24

/** What a project's page asks for of each kind of its items. */
export const partInput = (projectId: string) =>
  ({ projectId, limit: partSize }) satisfies Inputs["clip"]["list"] & Inputs["song"]["list"]

/** What a project's page asks for of its sessions. */
export const sessionPartInput = (projectId: string) => ({ projectId, limit: 6 }) satisfies Inputs["session"]["list"]
