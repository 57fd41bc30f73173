import type { Inputs } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"

/** What the choice of a project asks for. */
export const projectChoicesInput = { limit: limits.page.max } satisfies Inputs["project"]["list"]

/** Items of each kind that a project's page shows at first. */
const partSize = 24

/** What a project's page asks for of each kind of its items. */
export const partInput = (projectId: string) =>
  ({ projectId, limit: partSize }) satisfies Inputs["clip"]["list"] & Inputs["song"]["list"]
